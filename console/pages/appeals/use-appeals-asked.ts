import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { APPEAL_LISTS } from '#contract/appeals.ts'
import { APPEAL_STATUSES } from '#core/appeals/appeal-status.ts'
import type { AppealsAsked } from '../../api.ts'
import { paths } from '../../paths.ts'

/** Which list stands in the address, so that „back" and a sent link find it again. */
export function useAppealsAsked(): [AppealsAsked, (change: Partial<AppealsAsked>) => void] {
  const inAddress = useSearch({ strict: false }) as Record<string, unknown>
  const asked = readAsked(inAddress)
  const navigate = useNavigate()
  const { search, list, status } = asked
  const change = useCallback(
    (part: Partial<AppealsAsked>) => {
      const next = { search, list, status, ...part }
      void navigate({
        to: paths.appeals(),
        search: {
          ...(next.search !== '' && { search: next.search }),
          ...(next.list !== 'all' && { list: next.list }),
          ...(next.status && { status: next.status }),
        },
        replace: true,
      })
    },
    [navigate, search, list, status],
  )
  return [asked, change]
}

/** What an address says; what it says wrongly is left out. */
export function readAsked({ search, list, status }: Record<string, unknown>): AppealsAsked {
  return {
    search: typeof search === 'string' ? search : '',
    list: APPEAL_LISTS.find((one) => one === list) ?? 'all',
    status: APPEAL_STATUSES.find((one) => one === status),
  }
}
