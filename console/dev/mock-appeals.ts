/** The appeals and the calendar of the make-believe server: by the tables the real one reads. */
import { z } from 'zod'
import {
  AppealsExport,
  BulkAppeals,
  BulkOutcome,
  ChangeFilers,
  ChangeTelephone,
  DueWarningRow,
  EditorChoice,
  ExportAppeals,
} from '#contract/appeal-office.ts'
import {
  AppealCard,
  AppealRow,
  AppealsQuery,
  DecideLink,
  MoveAppeal,
  RegisterAppeal,
} from '#contract/appeals.ts'
import { CalendarCard, SaveCalendar, SavedCalendar } from '#contract/calendar.ts'
import type { Me } from '#contract/staff.ts'
import { APPEAL_MOVES, type AppealStatus, clockRuns } from '#core/appeals/appeal-status.ts'
import { missingFields, outcomeAfter } from '#core/appeals/move-fields.ts'
import { moveProblem } from '#core/appeals/move-rules.ts'
import { checkCalendar } from '#core/deadlines/calendar-form.ts'
import { addDays, tashkentDay } from '#core/lib/time.ts'
import { isAssignable } from '#core/appeals/bulk.ts'
import { searchKey } from '#core/text/search-key.ts'
import { madeId } from './mock-data.ts'
import { Refused } from './mock-refused.ts'
import { goesWithSignature } from './mock-signing.ts'
import type { MockWorld } from './mock-world.ts'

/** Here every day is worked. */
const SOON_DAYS = 3

type Asked = { world: MockWorld; me: Me; path: string[]; query: URLSearchParams; body: unknown }

function found({ world, path }: Asked): AppealCard {
  const appeal = world.appeals.find(({ id }) => id === path[1])
  if (!appeal) throw new Refused('notFound')
  return appeal
}

function isListed(appeal: AppealCard, { list, status, search = '' }: AppealsQuery, me: Me): boolean {
  const today = tashkentDay(Date.now())
  const owed = (matches: boolean) => matches && clockRuns(appeal.status)
  const inList = {
    all: true,
    dueToday: owed(appeal.dueOn === today),
    soon: owed(appeal.dueOn !== null && appeal.dueOn > today && appeal.dueOn <= addDays(today, SOON_DAYS)),
    overdue: owed(appeal.dueOn !== null && appeal.dueOn < today),
    control: appeal.underControl,
    mine: appeal.moves[0]?.by === me.id || appeal.editorName === me.name,
  }
  return (
    inList[list] &&
    (status === undefined || appeal.status === status) &&
    searchKey(`${appeal.number} ${appeal.citizenName}`).includes(searchKey(search))
  )
}

function move(asked: Asked): AppealCard {
  const { world, me, body } = asked
  const appeal = found(asked)
  const { action, version, details } = MoveAppeal.parse(body)
  if (version !== appeal.version) throw new Refused('changedMeanwhile')
  if (moveProblem(appeal, action, me, tashkentDay(Date.now()))) throw new Refused('moveNotPossible')
  if (missingFields(action, details, appeal.kind).length > 0) throw new Refused('badInput')
  goesWithSignature(world, { action, appeal, by: me, details })
  const to = APPEAL_MOVES[appeal.status][action] as AppealStatus
  appeal.moves.push({
    place: version + 1,
    action,
    from: appeal.status,
    to,
    at: Date.now(),
    by: me.id,
    byName: me.name,
    details,
  })
  Object.assign(appeal, {
    version: version + 1,
    status: to,
    outcome: outcomeAfter(action, appeal.outcome, details.result),
    ...(action === 'write' && { editedText: details.text }),
    ...(action === 'edit' && { editorName: me.name }),
    ...(action === 'receive' && { incomingNumber: details.incomingNumber }),
  })
  world.say({ type: 'appealChanged', appeal: appeal.id }, ({ may }) => may.includes('seeAppeals'))
  return AppealCard.parse(appeal)
}

const EDITORS = [{ id: madeId(1, 4), name: 'Gulnora Rahimova' }]

const OFFICE: Record<string, (asked: Asked) => unknown> = {
  'GET /appeals/editors': () => z.array(EditorChoice).parse(EDITORS),
  'GET /appeals/executors': () => [...EDITORS.map(({ name }) => name), 'Yuridik boʻlim'],
  'GET /appeals/warnings': ({ world }) =>
    z.array(DueWarningRow).parse(
      world.appeals
        .filter(({ dueOn, status }) => dueOn !== null && dueOn < tashkentDay(Date.now()) && clockRuns(status))
        .map(({ id, number, dueOn, status, citizenName, editorName }) => ({
          ...{
            appeal: { id, number },
            duty: 'reply',
            warning: 'overdue',
            dueOn,
            status,
            citizenName,
            editorName,
          },
          at: Date.now(),
        })),
    ),
  'POST /appeals/bulk': ({ world, body }) => {
    const { action, appeals, editor } = BulkAppeals.parse(body)
    const outcomes = appeals.map(({ id }) => {
      const appeal = world.appeals.find((one) => one.id === id)
      const isRefused = action === 'assign' && appeal !== undefined && !isAssignable(appeal.status)
      if (!appeal || isRefused)
        return { id, number: appeal?.number ?? null, problem: appeal ? 'moveNotPossible' : 'notFound' }
      if (action === 'assign') appeal.editorName = EDITORS.find((one) => one.id === editor)?.name ?? null
      if (action === 'control' || action === 'uncontrol') appeal.underControl = action === 'control'
      return { id, number: appeal.number, problem: null }
    })
    return z.array(BulkOutcome).parse(outcomes)
  },
  'POST /appeals/exports': ({ world, me, body }) => {
    const { chosen, ids, reason } = ExportAppeals.parse(body)
    const rows = world.appeals.filter(
      (appeal) =>
        isListed(appeal, { ...chosen, limit: 1 }, me) && (ids === undefined || ids.includes(appeal.id)),
    )
    return AppealsExport.parse({ id: madeId(9, 1), at: Date.now(), byName: me.name, reason, rows })
  },
  'PUT /appeals/:id/filers': (asked) => {
    const appeal = found(asked)
    const { filers } = ChangeFilers.parse(asked.body)
    Object.assign(appeal, { filers, cosignerCount: filers.cosigners.length })
    return AppealCard.parse(appeal)
  },
  'PUT /appeals/:id/telephone': (asked) => {
    const appeal = found(asked)
    const { was, telephone } = ChangeTelephone.parse(asked.body)
    if (was !== appeal.telephone) throw new Refused('changedMeanwhile')
    return AppealCard.parse(Object.assign(appeal, { telephone }))
  },
}

export const APPEALS: Record<string, (asked: Asked) => unknown> = {
  'GET /appeals': ({ world, me, query }) => {
    const asked = AppealsQuery.parse(Object.fromEntries(query))
    return z.array(AppealRow).parse(world.appeals.filter((appeal) => isListed(appeal, asked, me)))
  },
  ...OFFICE,
  'GET /appeals/:id': (asked) => AppealCard.parse(found(asked)),
  'POST /appeals': ({ world, me, body }) =>
    AppealCard.parse(world.registerAppeal(me, RegisterAppeal.parse(body))),
  'POST /appeals/:id/moves': move,
  'PUT /appeals/:id/links': (asked) => {
    const appeal = found(asked)
    const { other, flag, accepted } = DecideLink.parse(asked.body)
    const link = appeal.links.find((one) => one.other.id === other && one.flag === flag)
    if (link) link.accepted = accepted
    return AppealCard.parse(appeal)
  },
  'GET /calendar': ({ world }) => CalendarCard.parse(world.calendar),
  'PUT /calendar': ({ world, me, body }) => {
    const { basedOn, form } = SaveCalendar.parse(body)
    if (basedOn !== world.calendar.version) throw new Refused('changedMeanwhile')
    if (checkCalendar(form).length > 0) throw new Refused('badInput')
    world.calendar = { version: basedOn + 1, form, savedAt: Date.now(), savedByName: me.name }
    const [appeal] = world.appeals
    const days = { dueFrom: '2026-06-16', dueTo: '2026-06-16' }
    const moved = [{ ...days, controlFrom: '2026-06-16', controlTo: '2026-06-15', others: [] }]
    return SavedCalendar.parse({
      calendar: world.calendar,
      movedCount: 1,
      moved: moved.map((one) => ({ ...one, id: appeal?.id, number: appeal?.number })),
    })
  },
}
