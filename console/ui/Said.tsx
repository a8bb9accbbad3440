import css from './ui.module.css'

/** Said by screen readers each time it changes, seen by nobody: beside what shows the same. */
export function Said({ children }: { children: string }) {
  return (
    <span role="status" className={css.hidden}>
      {children}
    </span>
  )
}
