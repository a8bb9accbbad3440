import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** What is searched for stands in the address, so that „back" and a sent link find it again. */
export function useSearchWords(page: string): [string, (words: string) => void] {
  const { search = '' } = useSearch({ strict: false }) as { search?: string }
  const navigate = useNavigate()
  const change = useCallback(
    (words: string) =>
      void navigate({ to: page, search: words === '' ? {} : { search: words }, replace: true }),
    [navigate, page],
  )
  return [search, change]
}
