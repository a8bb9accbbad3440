import type { ReactNode } from 'react'
import { t } from './i18n.ts'
import { problemText } from './problem-text.ts'
import { Loaded } from './ui/Loaded.tsx'

type Asked<T> = { data: T | undefined; isError: boolean; error: unknown; refetch: () => unknown }

/** ui/Loaded with the console's words. */
export function Asked<T>({ query, children }: { query: Asked<T>; children: (data: T) => ReactNode }) {
  return (
    <Loaded query={query} texts={{ loading: t('Loading'), again: t('Try again'), problem: problemText }}>
      {children}
    </Loaded>
  )
}
