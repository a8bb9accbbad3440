import { useMemo } from 'react'
import { difference } from './difference.ts'

/** A text with what was taken out of it and put into it since an earlier one. */
export function Difference({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => difference(before, after), [before, after])
  return parts.map(({ text, is }, place) => {
    const key = `${place} ${is}`
    if (is === 'added') return <ins key={key}>{text}</ins>
    return is === 'removed' ? <del key={key}>{text}</del> : <span key={key}>{text}</span>
  })
}
