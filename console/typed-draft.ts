/**
 * What is typed and not saved yet, kept in the browser's tab under a name: a reload, or another page, loses nothing. While
 * nothing is typed it is what was saved, also when somebody else saves something newer.
 */
import { useState } from 'react'
import { forgetDraft, rememberDraft, rememberedDraft } from './draft-memory.ts'

export type TypedDraft<Typed> = {
  typed: Typed
  change(typed: Typed): void
  /** It was saved, or thrown away. */
  forget(): void
}

export function useTypedDraft<Typed>(name: string, saved: Typed): TypedDraft<Typed> {
  const [kept, setKept] = useState(() => rememberedDraft<Typed>(name))
  return {
    typed: kept ?? saved,
    change: (next) => {
      rememberDraft(name, next)
      setKept(next)
    },
    forget: () => {
      forgetDraft(name)
      setKept(undefined)
    },
  }
}
