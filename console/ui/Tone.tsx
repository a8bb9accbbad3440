import type { ReactNode } from 'react'
import css from './ui.module.css'

/** How something stands. The words always say it too: nobody has to see the colour. */
export type ToneName = 'good' | 'warn' | 'bad' | 'accent' | 'quiet'

export function Tone({ tone, children }: { tone: ToneName; children: ReactNode }) {
  return (
    <span className={css.tone} data-tone={tone}>
      {children}
    </span>
  )
}

export function Dot({ tone }: { tone: ToneName }) {
  return <span className={css.dot} data-tone={tone} aria-hidden />
}
