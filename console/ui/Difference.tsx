import { useMemo } from 'react'
import { inMyScript } from '../i18n.ts'
import { difference } from './difference.ts'

/** A text with what was taken out of it and put into it since an earlier one; in the reader's script where the language it is `written` in is named. */
export function Difference(props: { before: string; after: string; written?: string }) {
  const { after, before, written = '' } = props
  const parts = useMemo(
    () => difference(before, after, (text) => inMyScript(text, written)),
    [before, after, written],
  )
  return parts.map(({ text, is }, place) => {
    const key = `${place} ${is}`
    if (is === 'added') return <ins key={key}>{text}</ins>
    return is === 'removed' ? <del key={key}>{text}</del> : <span key={key}>{text}</span>
  })
}
