import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { APPEAL_LISTS } from '#contract/appeals.ts'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import { APPEAL_STATUSES } from '#core/appeals/appeal-status.ts'
import { isDay } from '#core/lib/time.ts'
import type { AppealsAsked } from '../../api.ts'
import { paths } from '../../paths.ts'

const TOPIC = /^\d{2}(\.\d{2}){0,2}$/
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** Which list stands in the address, so that „back" and a sent link find it again. */
export function useAppealsAsked(): [AppealsAsked, (change: Partial<AppealsAsked>) => void] {
  const inAddress = useSearch({ strict: false }) as Record<string, unknown>
  const asked = readAsked(inAddress)
  const navigate = useNavigate()
  const written = JSON.stringify(asked)
  const change = useCallback(
    (part: Partial<AppealsAsked>) => {
      const next = { ...(JSON.parse(written) as AppealsAsked), ...part }
      const search = Object.fromEntries(
        Object.entries(next).filter(
          ([name, value]) => value !== undefined && value !== '' && !(name === 'list' && value === 'all'),
        ),
      )
      void navigate({ to: paths.appeals(), search, replace: true })
    },
    [navigate, written],
  )
  return [asked, change]
}

/** What an address says; what it says wrongly is left out. */
export function readAsked(address: Record<string, unknown>): AppealsAsked {
  const { search, list, status, kind } = address
  const day = (value: unknown) => (typeof value === 'string' && isDay(value) ? value : undefined)
  const like = (value: unknown, form: RegExp) => {
    // A topic of one level is a number to the address.
    const text = typeof value === 'number' ? String(value).padStart(2, '0') : value
    return typeof text === 'string' && form.test(text) ? text : undefined
  }
  return {
    search: typeof search === 'string' || typeof search === 'number' ? String(search) : '',
    list: APPEAL_LISTS.find((one) => one === list) ?? 'all',
    status: APPEAL_STATUSES.find((one) => one === status),
    kind: APPEAL_KINDS.find((one) => one === kind),
    topic: like(address.topic, TOPIC),
    editor: like(address.editor, UUID),
    registeredFrom: day(address.registeredFrom),
    registeredTo: day(address.registeredTo),
  }
}

export function isEverything({ list, search, ...asked }: AppealsAsked): boolean {
  return search === '' && list === 'all' && Object.values(asked).every((value) => value === undefined)
}
