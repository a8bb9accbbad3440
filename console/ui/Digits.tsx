import type { ReactNode } from 'react'
import css from './ui.module.css'

/** Numbers of one width, so that a running timer moves nothing. */
export function Digits({ children }: { children: ReactNode }) {
  return <span className={css.digits}>{children}</span>
}
