/**
 * A form of something that is set up once. What is typed stays while somebody else saves: then it is said, and whoever
 * types chooses. Nothing is written over unseen.
 */
import { useState } from 'react'

/** `changedAt`: when it was saved last, by which the server tells that somebody else has saved. */
export type ShownSetting<T> = { readonly changedAt: number | null; readonly value: T }

export type SettingForm<T> = ReturnType<typeof useSettingForm<T>>

export function useSettingForm<T>(shown: ShownSetting<T>) {
  const [base, setBase] = useState(shown)
  const [value, setValue] = useState(shown.value)
  const adopt = (next: ShownSetting<T>) => {
    setBase(next)
    setValue(next.value)
  }
  const isSame = isAlike(value, base.value)
  const isSavedSince = shown.changedAt !== base.changedAt
  // Somebody changed something else, or just the same.
  const isHarmless = isAlike(shown.value, base.value) || isAlike(shown.value, value)
  if (isSavedSince && isHarmless) setBase(shown)
  else if (isSavedSince && isSame) adopt(shown)
  return {
    value,
    /** Of what the form began from; what is saved upon it replaces that, and nothing newer. */
    basedOn: base.changedAt,
    isSame,
    /** Somebody else has saved since, and both have changed something. */
    isOvertaken: isSavedSince && !isHarmless && !isSame,
    set: setValue,
    change: (part: Partial<T>) => setValue({ ...value, ...part }),
    /** After saving: the server may have put something in order. */
    adopt,
    takeTheirs: () => adopt(shown),
    keepMine: () => setBase(shown),
  }
}

function isAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
