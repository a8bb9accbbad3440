import css from './ui.module.css'

/** A key of the keyboard, as it is printed on it. */
export function Key({ children }: { children: string }) {
  return (
    <kbd className={css.key} aria-hidden>
      {children}
    </kbd>
  )
}
