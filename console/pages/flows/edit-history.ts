/** What was changed in a drawing, step by step, so that each step can be taken back and done again. */

export type History<T> = {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last change was about: typing on in one field is one step. */
  readonly about: string | undefined
}

/** A flow of a hundred nodes is some 50 kB; nobody takes back more. */
export const KEPT_STEPS = 100

export function historyOf<T>(present: T): History<T> {
  return { past: [], present, future: [], about: undefined }
}

export function changed<T>(history: History<T>, next: T, about?: string): History<T> {
  const { past, present } = history
  if (next === present) return history
  const goesOn = about !== undefined && about === history.about && past.length > 0
  return { past: goesOn ? past : [...past, present].slice(-KEPT_STEPS), present: next, future: [], about }
}

export function undone<T>({ past, present, future }: History<T>): History<T> | undefined {
  const before = past.at(-1)
  if (before === undefined) return undefined
  return { past: past.slice(0, -1), present: before, future: [present, ...future], about: undefined }
}

export function redone<T>({ past, present, future }: History<T>): History<T> | undefined {
  const [next, ...rest] = future
  if (next === undefined) return undefined
  return { past: [...past, present], present: next, future: rest, about: undefined }
}
