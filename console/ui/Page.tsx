import type { ReactNode } from 'react'
import { useEffect } from 'react'
import css from './ui.module.css'

/** A page with its heading; the browser's tab carries the same words. */
export function Page({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  useDocumentTitle(title)
  return (
    <main className={css.page}>
      <div className={css.pageHead}>
        <h1 style={{ margin: 0, fontSize: '1.4rem' }}>{title}</h1>
        {aside}
      </div>
      {children}
    </main>
  )
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} — Javob`
  }, [title])
}
