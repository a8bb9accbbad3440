/**
 * A form of something that is set up once. What is typed survives a reload and stays while somebody else saves: then it
 * is said, and whoever types chooses. Nothing is written over unseen.
 */
import { useState } from 'react'
import { useTypedDraft } from '../../typed-draft.ts'

/** `changedAt`: when it was saved last, by which the server tells that somebody else has saved. */
export type ShownSetting<T> = { readonly changedAt: number | null; readonly value: T }

export type SettingForm<T> = ReturnType<typeof useSettingForm<T>>

/** `name`: of the setting, by which the browser's tab keeps what is typed. Secrets have no place in it. */
export function useSettingForm<T>(name: string, shown: ShownSetting<T>) {
  const [saved, setSaved] = useState(shown)
  const [filled, setFilled] = useState(0)
  // What the server answered to our saving is there before the page has it.
  const now = (saved.changedAt ?? 0) > (shown.changedAt ?? 0) ? saved : shown
  const draft = useTypedDraft(`setting.${name}`, { base: now, value: now.value })
  const { base, value } = isAlike(draft.typed.value, draft.typed.base.value)
    ? { base: now, value: now.value }
    : draft.typed
  // Somebody changed something else, or just the same.
  const isHarmless = isAlike(now.value, base.value) || isAlike(now.value, value)
  const from = isHarmless ? now : base
  const isSame = isAlike(value, from.value)
  const fillAnew = () => {
    draft.forget()
    setFilled(filled + 1)
  }
  const set = (next: T) =>
    isAlike(next, from.value) ? draft.forget() : draft.change({ base: from, value: next })
  return {
    value,
    /** Of what the form began from; what is saved upon it replaces that, and nothing newer. */
    basedOn: from.changedAt,
    isSame,
    /** Somebody else has saved since, and both have changed something. */
    isOvertaken: from.changedAt !== now.changedAt && !isSame,
    /** Another one each time that something else than typing has filled the form: the key of fields that keep what is typed. */
    filling: `${from.changedAt} ${filled}`,
    set,
    change: (part: Partial<T>) => set({ ...value, ...part }),
    /** After saving: the server may have put something in order. */
    adopt: (next: ShownSetting<T>) => {
      setSaved(next)
      fillAnew()
    },
    takeTheirs: fillAnew,
    keepMine: () => draft.change({ base: now, value }),
  }
}

function isAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
