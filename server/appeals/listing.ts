/** Which appeals a person sees: his work list, what he is looking for, and never a track that is not for him. */
import type { Kysely } from 'kysely'
import type { AppealRow, AppealsChosen, AppealsQuery } from '#contract/appeals.ts'
import { readAppealSearch } from '#core/appeals/appeal-search.ts'
import { lastDueWithin, WARNED_AT_WORKING_DAYS } from '#core/deadlines/warnings.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import { addDays, type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import { may } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'
import { deadlineRules } from '../deadlines/service.ts'
import type { Registrar } from './registering.ts'
import { type Finding, isFound, isFoundAmongNewest } from './search-store.ts'
import { type AppealsFilter, isByDueDay, listAppeals } from './store.ts'

type Deps = { db: Kysely<Database>; now: () => Instant }

export function listing({ db, now }: Deps) {
  /** The list a person asked for, by the day it is today. */
  async function listFilter({ list, dueBy }: AppealsChosen, by: Registrar): Promise<Partial<AppealsFilter>> {
    const today = tashkentDay(now())
    switch (list) {
      case 'all':
        return { dueBy }
      case 'dueToday':
        return { dueFrom: today, dueBy: today }
      case 'soon':
        return { dueFrom: addDays(today, 1), dueBy: await soonUntil(today) }
      case 'overdue':
        return { dueBefore: today }
      case 'mine':
        return { of: by.id, dueBy }
    }
  }

  async function soonUntil(today: Day): Promise<Day> {
    const { calendar } = await deadlineRules(db)
    return lastDueWithin(WARNED_AT_WORKING_DAYS.threeDaysLeft, today, calendar)
  }

  return {
    async list(query: AppealsQuery, by: Registrar): Promise<AppealRow[]> {
      const {
        before: asked,
        editor,
        kind,
        limit,
        registeredFrom,
        registeredTo,
        search,
        status,
        topic,
        track,
      } = query
      const before = asked as AppealId | undefined
      const filter: AppealsFilter = {
        ...(await listFilter(query, by)),
        ...{ kind, registeredFrom, registeredTo, status, topic, track, before, limit },
        editor: editor as StaffId | undefined,
        withTrust: may(by.role, 'handleTrustAppeals'),
      }
      const sought = readAppealSearch(search ?? '')
      if (!sought) return await listAppeals(db, filter)
      const byDueDay = isByDueDay(filter)
      const finding: Finding = {
        search: sought,
        byDocuments: may(by.role, 'openDocuments'),
        // By due day the older ones are not those that come after.
        before: byDueDay ? undefined : before,
      }
      const newest = byDueDay ? undefined : isFoundAmongNewest(finding)
      const page = newest ? await listAppeals(db, { ...filter, found: newest }) : []
      if (page.length === limit) return page
      return await listAppeals(db, { ...filter, found: isFound(finding) })
    },
  }
}
