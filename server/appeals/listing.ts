/** Which appeals a person sees: his work list, what he is looking for, and never a track that is not for him. */
import type { Kysely } from 'kysely'
import type { AppealRow, AppealsChosen, AppealsQuery } from '#contract/appeals.ts'
import { readAppealSearch } from '#core/appeals/appeal-search.ts'
import type { Duty } from '#core/deadlines/duties.ts'
import { lastWarnedOf } from '#core/deadlines/warnings.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import { addDays, type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import { may } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'
import { deadlineRules } from '../deadlines/service.ts'
import type { Registrar } from './registering.ts'
import { FIRST_SHARE, type Finding, waysToFind } from './search-store.ts'
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
        return { dueWithin: spans(today, { reply: today, notice: today, forwarding: today }) }
      case 'soon':
        return { dueWithin: spans(addDays(today, 1), await soonUntil(today)) }
      case 'overdue':
        return { dueBefore: today }
      case 'mine':
        return { of: by.id, dueBy }
      case 'control':
        return { underControl: true, dueBy }
    }
  }

  /** What is warned of before its day has come. */
  async function soonUntil(today: Day) {
    const { calendar } = await deadlineRules(db)
    return lastWarnedOf(today, calendar)
  }

  /** The newest of what was found fill a page mostly: the others are looked at where they do not. */
  async function pageOf(found: readonly AppealId[], filter: AppealsFilter): Promise<AppealRow[]> {
    const newest = isByDueDay(filter) ? found : found.slice(0, Math.ceil(FIRST_SHARE * filter.limit))
    const page = await listAppeals(db, { ...filter, ids: newest })
    const isDone = newest.length === found.length || page.length === filter.limit
    return isDone ? page : await listAppeals(db, { ...filter, ids: found })
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
    const wanted = ids && new Set(ids)
    let page: AppealRow[] = []
    // By due day the first of all that is found come first, not those of the newest.
    for (const { find: look, isAll, most } of isByDueDay(filter) ? ways.slice(-1) : ways) {
      const found = await look()
      const isEnd = isAll && found.length < most
      if (!isEnd && found.length < limit) continue
      page = await pageOf(wanted ? found.filter((id) => wanted.has(id)) : found, filter)
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

function spans(from: Day, to: Readonly<Record<Duty, Day>>): NonNullable<AppealsFilter['dueWithin']> {
  const span = (duty: Duty) => ({ from, to: to[duty] })
  return { reply: span('reply'), notice: span('notice'), forwarding: span('forwarding') }
}
