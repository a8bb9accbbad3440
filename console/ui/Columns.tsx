import type { ReactNode } from 'react'
import css from './ui.module.css'

/** A card's page: what it is about, wide, and what belongs to it beside that; below it where there is no room. */
export function Columns({ children, first = 1.3 }: { children: ReactNode; first?: number }) {
  return (
    <div
      className={css.columns}
      style={{ '--columns': `minmax(0, ${first}fr) minmax(0, 1fr)` } as React.CSSProperties}
    >
      {children}
    </div>
  )
}

export function Column({ children }: { children: ReactNode }) {
  return <div className={css.column}>{children}</div>
}
