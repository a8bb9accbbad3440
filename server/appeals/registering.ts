/**
 * Appeals get their numbers, their days and their events in one transaction: one appeal, or as many as came together.
 *
 * Why no number is ever missing, twice there, or shown too early: the counter of a year and the appeals it counted are
 * written by one transaction. PostgreSQL keeps all of it or nothing, wherever a process or the database dies, and with a
 * rollback the counter goes back too. Between its change and the commit the counter's row is locked, so that nobody
 * counts on from what may still go back. And nobody is told a number before the commit has been answered; whose answer
 * was lost finds the appeal again by the key of his form.
 */
import type { Transaction } from 'kysely'
import type { RegisterAppeal, RegisteredAppeal } from '#contract/appeals.ts'
import { formatAppealNumber } from '#core/appeals/appeal-number.ts'
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import { appealWords } from '#core/appeals/appeal-search.ts'
import { type AppealTrack, firstTrack } from '#core/appeals/appeal-track.ts'
import type { CITIZEN_SELF, SYSTEM } from '#core/appeals/move-rules.ts'
import { type AppealClock, appealClock, type DeadlineRules } from '#core/deadlines/appeal-clock.ts'
import type { AppealId, CallId, TopicCode } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { may } from '#core/staff/permissions.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { findOrAddCitizens, type FoundFiler } from '../citizens/service.ts'
import { recordAll } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import { type Organisation, theOrganisation } from '../organisation/service.ts'
import { dayColumns } from './day-columns.ts'
import type { AppealEvent } from './events.ts'
import { filerColumns, NO_FILERS } from './filers-columns.ts'
import {
  findByRequestKeys,
  findPartsInCalls,
  findTopicTracks,
  insertAppeals,
  insertFirstSteps,
  type NewAppeal,
  takeSequences,
} from './registering-store.ts'
import { readTelephone } from './telephone.ts'
import { namesOf, putWords } from './words-store.ts'

type Trx = Transaction<Database>

/** Who acts: an agent may register for the calls that were his. */
export type Registrar = Pick<SignedInStaff, 'id' | 'role'>

/** Somebody of the staff, or the citizen himself. */
type Filer = Registrar | typeof CITIZEN_SELF
export type Mover = Filer | typeof SYSTEM

export type MovedAppealStep = { appeal: AppealId; action: AppealAction; step: string; isByCitizen: boolean }

/** Told in the transaction of every move, registering among them: what belongs to it is written together with it. */
export type Moved = (trx: Trx, moved: readonly MovedAppealStep[]) => Promise<void>

export type Registering = {
  readonly input: RegisterAppeal
  readonly by: Filer
  readonly at: Instant
  /** The citizen called it a report of corruption. */
  readonly isConfidential?: boolean
  /** Of a person whom the state has proven. */
  readonly pinfl?: string | null
}

/** What became of a form. `isNew` is false of one that had been registered already. */
export type Registered = { readonly appeal: RegisteredAppeal; readonly isNew: boolean }

/** A form that nothing speaks against. */
type Accepted = Registering & {
  readonly text: string
  readonly track: AppealTrack
  readonly telephone: string | null
  readonly filer: FoundFiler
}

/** In the order of the forms, each with a request key of its own; a refusal of one leaves the others alone. */
export async function registerAll(
  trx: Trx,
  forms: readonly Registering[],
  { rules, moved }: { rules: DeadlineRules; moved?: Moved | undefined },
): Promise<(Registered | Refusal)[]> {
  const known = await findByRequestKeys(
    trx,
    forms.map(({ input }) => input.requestKey),
  )
  const unknown = forms.filter(({ input }) => !known.has(input.requestKey))
  const checked = new Map(
    (await check(trx, unknown)).map((one, place) => [unknown[place]?.input.requestKey, one]),
  )
  const accepted = [...checked.values()].flatMap((one) => (one instanceof Refusal ? [] : [one]))
  const made = await write(trx, accepted, { rules, moved })
  return forms.map(({ input: { requestKey } }) => {
    const earlier = known.get(requestKey)
    if (earlier) return { appeal: earlier, isNew: false }
    const refusal = checked.get(requestKey)
    if (refusal instanceof Refusal) return refusal
    return { appeal: made.get(requestKey) as RegisteredAppeal, isNew: true }
  })
}

async function check(trx: Trx, forms: readonly Registering[]): Promise<(Accepted | Refusal)[]> {
  if (forms.length === 0) return []
  const topics = forms.flatMap(({ input }) => (input.topic === null ? [] : [input.topic as TopicCode]))
  const tracks = await findTopicTracks(trx, topics)
  const calls = forms.flatMap(({ input, by }) =>
    input.call === null || by.id === null ? [] : [{ call: input.call as CallId, agent: by.id }],
  )
  const parts = await findPartsInCalls(trx, calls)
  const sound = forms.map((form) => {
    const { call, topic } = form.input
    const text = asStorableText(form.input.text)
    if (text === '') return new Refusal('badInput', 'text: there is none')
    const track = topic === null ? 'general' : tracks.get(topic as TopicCode)
    if (track === undefined) return new Refusal('badInput', `topic: there is no ${topic}`)
    const telephone = readTelephone(form.input.telephone ?? null)
    if (telephone instanceof Refusal) return telephone
    const hasPart = call === null ? undefined : parts.get(`${call} ${form.by.id}`)
    return callProblem(form, hasPart) ?? { text, track, telephone }
  })
  // Nobody is added to the citizens by a form that is refused.
  const filing = forms.filter((_, place) => !(sound[place] instanceof Refusal))
  const filers = await findOrAddCitizens(
    trx,
    filing.map(({ input, by, pinfl }) => ({ who: input.citizen, by: by.id, pinfl: pinfl ?? null })),
  )
  return forms.map((form, place) => {
    const own = sound[place]
    if (own === undefined || own instanceof Refusal) return own ?? new Refusal('badInput', 'There is no form')
    const filer = filers[filing.indexOf(form)]
    return filer === undefined || filer instanceof Refusal
      ? (filer ?? new Refusal('badInput', 'citizen: there is none'))
      : { ...form, ...own, filer }
  })
}

function callProblem({ input, by }: Registering, hasPart: boolean | undefined): Refusal | undefined {
  if (input.call === null) return undefined
  if (by.id === null) return new Refusal('notAllowed', 'A citizen registers without a call')
  if (hasPart === undefined) return new Refusal('notFound', `No call ${input.call}`)
  if (hasPart || may(by.role, 'seeAllCalls')) return undefined
  return new Refusal('notAllowed', `Call ${input.call} was another agent's`)
}

type Dated = Accepted & { readonly clock: AppealClock; readonly year: number }

async function write(
  trx: Trx,
  accepted: readonly Accepted[],
  { rules, moved }: { rules: DeadlineRules; moved: Moved | undefined },
): Promise<Map<string, RegisteredAppeal>> {
  if (accepted.length === 0) return new Map()
  const organisation = await theOrganisation(trx)
  const dated = accepted.map((one): Dated => {
    const { kind } = one.input
    const track = firstTrack(one.track, { isConfidential: one.isConfidential ?? false })
    const clock = appealClock({ kind, track, receivedAt: one.at, grants: [] }, rules)
    return { ...one, track, clock, year: Number(clock.registeredOn.slice(0, 4)) }
  })
  const numbered = await number(trx, organisation, dated)
  const ids = await insertAppeals(trx, numbered)
  const made = numbered.map((row) => ({ ...row, id: ids.get(row.request_key) as AppealId }))
  const foundBy = new Map(
    accepted.map(({ input, filer }) => [
      input.requestKey,
      { nameKey: filer.searchKey, others: namesOf(input.filers ?? NO_FILERS) },
    ]),
  )
  await putWords(
    trx,
    made.map(({ id, request_key, text }) => ({
      appeal: id,
      words: appealWords({ text, nameKey: '', ...foundBy.get(request_key) }),
    })),
  )
  const steps = await insertFirstSteps(trx, made)
  await recordAll<AppealEvent>(
    trx,
    made.map(({ id, number, kind, track, call, registered_by, registered_on, days }) => ({
      type: 'appealRegistered',
      appeal: id,
      number,
      kind,
      track,
      registeredOn: registered_on,
      dueOn: days.due_on,
      ...(registered_by && { by: registered_by }),
      ...(call && { call }),
    })),
  )
  await moved?.(
    trx,
    made.map(({ id, registered_by }) => ({
      appeal: id,
      action: 'register',
      step: steps.get(id) as string,
      isByCitizen: registered_by === null,
    })),
  )
  return new Map(
    made.map(({ id, number, request_key, registered_on, days }) => [
      request_key,
      { id, number, registeredOn: registered_on, dueOn: days.due_on },
    ]),
  )
}

/** The rows as they will be, in the order they came: the counter is asked last, and its row is locked from here on. */
async function number(trx: Trx, organisation: Organisation, dated: readonly Dated[]): Promise<NewAppeal[]> {
  const { appealPrefix: prefix, code } = organisation
  const rows: NewAppeal[] = []
  // In one order, so that two groups around the turn of the year do not wait for each other.
  const years = Map.groupBy(dated, ({ year }) => year)
  for (const [year, group] of [...years].toSorted(([a], [b]) => a - b)) {
    const first = await takeSequences(trx, { organisation: code, year, count: group.length })
    for (const [place, one] of group.entries()) {
      const sequence = first + place
      rows.push({
        organisation: code,
        year,
        sequence,
        number: formatAppealNumber({ prefix, year, sequence }),
        kind: one.input.kind,
        status: 'registered',
        track: one.track,
        text: one.text,
        citizen: one.filer.citizen,
        telephone: one.telephone,
        topic: one.input.topic as TopicCode | null,
        call: one.input.call as CallId | null,
        received_at: new Date(one.at),
        registered_on: one.clock.registeredOn,
        days: dayColumns(one.clock),
        registered_by: one.by.id,
        medium: one.by.id === null ? 'portal' : 'phone',
        request_key: one.input.requestKey,
        is_anonymous: 'anonymous' in one.input.citizen,
        ...filerColumns(one.input.filers ?? NO_FILERS),
      })
    }
  }
  return rows
}
