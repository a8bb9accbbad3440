import { shortMoment } from '#core/text/uzbek-dates.ts'
import ui from './ui/ui.module.css'

/** In a table of versions: a moment, and below it whose it was. */
export function WhenAndWho({ at, by }: { at: number | null; by: string | null }) {
  if (at === null) return null
  return (
    <>
      {shortMoment(at)}
      {by && <div className={ui.quiet}>{by}</div>}
    </>
  )
}
