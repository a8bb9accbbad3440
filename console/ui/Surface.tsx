import type { ReactNode } from 'react'
import css from './ui.module.css'

/** A part of a page with its own heading. */
export function Surface(props: {
  title?: string
  aside?: ReactNode
  children: ReactNode
  className?: string | undefined
}) {
  return (
    <section className={`${css.surface} ${props.className ?? ''}`} aria-label={props.title}>
      {props.title && (
        <div
          style={{ display: 'flex', justifyContent: 'space-between', gap: '1rem', marginBottom: '0.6rem' }}
        >
          <h2 style={{ margin: 0, fontSize: '1rem' }}>{props.title}</h2>
          {props.aside}
        </div>
      )}
      {props.children}
    </section>
  )
}
