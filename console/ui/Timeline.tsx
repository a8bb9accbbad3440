import type { ReactNode } from 'react'
import css from './ui.module.css'

export type Moment = { at: number; time: string; text: ReactNode; by?: string | undefined }

export function Timeline({ moments }: { moments: Moment[] }) {
  return (
    <ol className={css.timeline}>
      {moments.map(({ at, time, text, by }, place) => (
        <li key={`${at} ${place}`}>
          <time dateTime={new Date(at).toISOString()} className={css.digits}>
            {time}
          </time>
          <span>
            {text}
            {by && <span style={{ color: 'var(--mantine-color-dimmed)' }}> — {by}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
