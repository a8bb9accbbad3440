/** An appeal gets its number, its days and its event in one transaction. */
import type { Transaction } from 'kysely'
import type { RegisterAppeal } from '#contract/appeals.ts'
import { formatAppealNumber } from '#core/appeals/appeal-number.ts'
import { trackOfRoute } from '#core/appeals/appeal-track.ts'
import { appealClock, type DeadlineRules } from '#core/deadlines/appeal-clock.ts'
import type { AppealId, CallId, TopicCode } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { may } from '#core/staff/permissions.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { findOrAddCitizen } from '../citizens/service.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import { theOrganisation } from '../organisation/service.ts'
import type { AppealEvent } from './events.ts'
import { insertStep } from './moves-store.ts'
import { findPartInCall, findTopicRoute, insertAppeal, nextSequence } from './store.ts'

/** Who acts: an agent may register for the calls that were his. */
export type Registrar = Pick<SignedInStaff, 'id' | 'role'>

export type Registering = { input: RegisterAppeal; by: Registrar; at: Instant; rules: DeadlineRules }

export async function register(
  trx: Transaction<Database>,
  { input, by, at, rules }: Registering,
): Promise<{ id: AppealId; number: string }> {
  const call = input.call as CallId | null
  const topic = input.topic as TopicCode | null
  const text = asStorableText(input.text)
  if (text === '') throw new Refusal('badInput', 'text: there is none')
  const organisation = await theOrganisation(trx)
  const track = trackOfRoute(topic && (await topicRoute(trx, topic)))
  if (call) await mustBeOwnCall(trx, call, by)
  const citizen = await findOrAddCitizen(trx, input.citizen, by.id)

  const { kind, requestKey } = input
  const { registeredOn, dueOn, steps } = appealClock({ kind, track, receivedAt: at, grants: [] }, rules)
  const year = Number(registeredOn.slice(0, 4))
  const sequence = await nextSequence(trx, organisation.code, year)
  const number = formatAppealNumber({ prefix: organisation.appealPrefix, year, sequence })
  const id = await insertAppeal(trx, {
    organisation: organisation.code,
    year,
    sequence,
    number,
    kind,
    status: 'registered',
    track,
    text,
    citizen,
    topic,
    call,
    received_at: new Date(at),
    registered_on: registeredOn,
    due_on: dueOn,
    due_steps: JSON.stringify(steps),
    registered_by: by.id,
    request_key: requestKey,
  })
  await insertStep(trx, {
    appeal: id,
    place: 1,
    action: 'register',
    from_status: 'draft',
    to_status: 'registered',
    actor: by.id,
    at: new Date(at),
    request_key: requestKey,
    details: '{}',
  })
  await record<AppealEvent>(trx, {
    type: 'appealRegistered',
    appeal: id,
    number,
    kind,
    track,
    registeredOn,
    dueOn,
    by: by.id,
    ...(call && { call }),
  })
  return { id, number }
}

export async function topicRoute(trx: Transaction<Database>, topic: TopicCode): Promise<string | null> {
  const found = await findTopicRoute(trx, topic)
  if (!found) throw new Refusal('badInput', `topic: there is no ${topic}`)
  return found.default_route
}

async function mustBeOwnCall(trx: Transaction<Database>, call: CallId, by: Registrar): Promise<void> {
  const found = await findPartInCall(trx, call, by.id)
  if (!found) throw new Refusal('notFound', `No call ${call}`)
  if (!may(by.role, 'seeAllCalls') && !found.has_part) {
    throw new Refusal('notAllowed', `Call ${call} was another agent's`)
  }
}
