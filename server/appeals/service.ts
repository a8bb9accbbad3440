/**
 * Appeals in their first form: registered, listed, opened.
 *
 * What must hold: numbers of a year follow each other without a gap and without
 * a double; nobody sees a number that is not committed; a form that is sent twice
 * registers once.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { AppealCard, AppealRow, AppealsQuery, RegisterAppeal } from '#contract/appeals.ts'
import { formatAppealNumber, parseAppealNumber } from '#core/appeals/appeal-number.ts'
import type { Calendar } from '#core/deadlines/calendar.ts'
import { SPECIAL_DAYS_2026 } from '#core/deadlines/calendar-2026.ts'
import { dueDay, registrationDay } from '#core/deadlines/due-day.ts'
import type { AppealId, CallId, TopicCode } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { may } from '#core/staff/permissions.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { searchKey } from '#core/text/search-key.ts'
import { findOrAddCitizen } from '../citizens/service.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import { theOrganisation } from '../organisation/service.ts'
import type { AppealEvent } from './events.ts'
import {
  findByRequestKey,
  findPartInCall,
  findCard,
  insertAppeal,
  listAppeals,
  nextSequence,
  topicExists,
} from './store.ts'

/** The chancellery works five days a week. The days off are code until they have their screen. */
const CALENDAR: Calendar = { week: 5, specialDays: SPECIAL_DAYS_2026 }

export type AppealServiceDeps = {
  db: Kysely<Database>
  log: Logger
  /** Told after an appeal is committed, for the live screens. */
  changed?: (appeal: AppealId) => void
  now?: () => Instant
}

/** Who registers: an agent may do so for the calls that were his. */
export type Registrar = Pick<SignedInStaff, 'id' | 'role'>

export type AppealService = ReturnType<typeof appealService>

export function appealService({ db, log, changed, now = Date.now }: AppealServiceDeps) {
  async function card(id: AppealId): Promise<AppealCard> {
    const found = await findCard(db, id)
    if (!found) throw new Refusal('notFound', `No appeal ${id}`)
    return found
  }

  async function registerOnce(input: RegisterAppeal, by: Registrar): Promise<AppealId> {
    const known = await findByRequestKey(db, input.requestKey)
    if (known) return known
    try {
      const { id, number } = await db
        .transaction()
        .execute(async (trx) => await register(trx, input, by, now()))
      log.info({ appeal: id, number, call: input.call, staff: by.id }, 'appeal registered')
      changed?.(id)
      return id
    } catch (error) {
      // The same form was quicker on another connection; our number went back with the rollback.
      const quicker = isSameRequest(error) ? await findByRequestKey(db, input.requestKey) : undefined
      if (!quicker) throw error
      return quicker
    }
  }

  return {
    card,

    async register(input: RegisterAppeal, by: Registrar): Promise<AppealCard> {
      return await card(await registerOnce(input, by))
    },

    async list({ search = '', dueBy, before, limit }: AppealsQuery): Promise<AppealRow[]> {
      const filter = { dueBy, before: before as AppealId | undefined, limit }
      const text = search.trim()
      if (text === '') return await listAppeals(db, filter)
      const number = parseAppealNumber(text)
      if (number) return await listAppeals(db, { ...filter, number: formatAppealNumber(number) })
      if (/^[\d-]+$/.test(text)) return await listAppeals(db, { ...filter, number: text })
      const nameWords = searchKey(text).split(' ').filter(Boolean)
      return nameWords.length > 0 ? await listAppeals(db, { ...filter, nameWords }) : []
    },
  }
}

async function register(trx: Transaction<Database>, input: RegisterAppeal, by: Registrar, at: Instant) {
  const call = input.call as CallId | null
  const topic = input.topic as TopicCode | null
  const text = asStorableText(input.text)
  if (text === '') throw new Refusal('badInput', 'text: there is none')
  const organisation = await theOrganisation(trx)
  if (topic && !(await topicExists(trx, topic))) throw new Refusal('badInput', `topic: there is no ${topic}`)
  if (call) await mustBeOwnCall(trx, call, by)
  const citizen = await findOrAddCitizen(trx, input.citizen, by.id)

  const { registeredOn, step } = registrationDay(at, CALENDAR)
  const { due, steps } = dueDay(input.kind, registeredOn, CALENDAR)
  const year = Number(registeredOn.slice(0, 4))
  const sequence = await nextSequence(trx, organisation.code, year)
  const number = formatAppealNumber({ prefix: organisation.appealPrefix, year, sequence })
  const id = await insertAppeal(trx, {
    organisation: organisation.code,
    year,
    sequence,
    number,
    kind: input.kind,
    status: 'registered',
    text,
    citizen,
    topic,
    call,
    received_at: new Date(at),
    registered_on: registeredOn,
    due_on: due,
    due_steps: JSON.stringify([step, ...steps]),
    registered_by: by.id,
    request_key: input.requestKey,
  })
  await record<AppealEvent>(trx, {
    type: 'appealRegistered',
    appeal: id,
    number,
    kind: input.kind,
    registeredOn,
    dueOn: due,
    by: by.id,
    ...(call && { call }),
  })
  return { id, number }
}

async function mustBeOwnCall(trx: Transaction<Database>, call: CallId, by: Registrar): Promise<void> {
  const found = await findPartInCall(trx, call, by.id)
  if (!found) throw new Refusal('notFound', `No call ${call}`)
  if (!may(by.role, 'seeAllCalls') && !found.has_part) {
    throw new Refusal('notAllowed', `Call ${call} was another agent's`)
  }
}

/** PostgreSQL's word for a value that must be unique and is not, about the key of the form. */
function isSameRequest(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' && constraint === 'appeals_request_key_key'
}
