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
import { type Finding, waysToFind } from './search-store.ts'
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
      case 'control':
        return { underControl: true, dueBy }
    }
  }

  async function soonUntil(today: Day): Promise<Day> {
    const { calendar } = await deadlineRules(db)
    return lastDueWithin(WARNED_AT_WORKING_DAYS.threeDaysLeft, today, calendar)
  }

  type Page = { limit: number; before?: AppealId | undefined; ids?: readonly AppealId[] | undefined }

  /** The rows of a page, and whoever asks may see all of them. */
  async function find(
    asked: AppealsChosen,
    by: Registrar,
    { before, ids, limit }: Page,
  ): Promise<AppealRow[]> {
    const { editor, kind, registeredFrom, registeredTo, search, status, topic, track } = asked
    const filter: AppealsFilter = {
      ...(await listFilter(asked, by)),
      ...{ kind, registeredFrom, registeredTo, status, topic, track, before, ids, limit },
      editor: editor as StaffId | undefined,
      withTrust: may(by.role, 'handleTrustAppeals'),
    }
    const sought = readAppealSearch(search ?? '')
    if (!sought) return await listAppeals(db, filter)
    const finding: Finding = {
      search: sought,
      byDocuments: may(by.role, 'openDocuments'),
      // By due day the older ones are not those that come after.
      before: isByDueDay(filter) ? undefined : before,
      wanted: limit,
    }
    const ways = waysToFind(db, finding)
    let page: AppealRow[] = []
    // By due day the first of all that is found come first, not those of the newest.
    for (const { find: look, isAll, most } of isByDueDay(filter) ? ways.slice(-1) : ways) {
      const found = await look()
      const isEnd = isAll && found.length < most
      if (!isEnd && found.length < limit) continue
      page = await listAppeals(db, { ...filter, ids: ids ? found.filter((id) => ids.includes(id)) : found })
      if (isEnd || page.length === limit) break
    }
    return page
  }

  return {
    list: ({ before, limit, ...asked }: AppealsQuery, by: Registrar): Promise<AppealRow[]> =>
      find(asked, by, { limit, before: before as AppealId | undefined }),

    async ids(asked: AppealsChosen, by: Registrar, page: Page): Promise<AppealId[]> {
      return (await find(asked, by, page)).map(({ id }) => id as AppealId)
    },
  }
}
