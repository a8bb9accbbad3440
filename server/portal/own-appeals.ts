/** Appeals as their citizens see them, by number and code or in the cabinet, and what citizens do with them themselves. */
import type { Kysely } from 'kysely'
import type { MoveDetails } from '#contract/appeals.ts'
import { formatAppealNumber, parseAppealNumber } from '#core/appeals/appeal-number.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import { type MovedAppeal, sinceReopened } from '#core/appeals/move-rules.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import {
  type CitizenAction,
  citizenActions,
  type CitizenStage,
  citizenStage,
  mayBeRated,
} from '#core/portal/citizen-appeal.ts'
import { readFollowCode } from '#core/portal/follow-code.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import type { CitizenAppeal, CitizenAppealRow, OwnAppeal } from '../../portal/pages/appeal.ts'
import type { AppealService } from '../appeals/service.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import {
  addRating,
  findAppealByNumber,
  findOwnAppeal,
  listOwnAppeals,
  readAppeal,
  type ReadAppeal,
} from './appeal-store.ts'
import type { PortalEvent } from './events.ts'
import type { Keyed } from './keyed.ts'

/** No appeal: its code is counted all the same, so that a wrong number takes as long as a wrong code. */
const NO_APPEAL = '00000000-0000-7000-8000-000000000000' as AppealId
const CITIZENS_WORDS_MAX_CHARACTERS = 2_000

const FIELD_OF: Readonly<Record<CitizenAction, keyof MoveDetails>> = {
  supplement: 'addition',
  withdraw: 'reason',
  reopen: 'reason',
}

export type OwnAppealDeps = {
  db: Kysely<Database>
  appeals: Pick<AppealService, 'moveOfCitizen'>
  keys: Keyed
  now: () => Instant
}

export function ownAppeals({ db, appeals, keys, now }: OwnAppealDeps) {
  async function own(e164: string, number: string): Promise<AppealId> {
    const id = await findOwnAppeal(db, e164, number)
    if (!id) throw new Refusal('notFound', 'No such appeal of this number')
    return id
  }

  return {
    /** Nothing for a wrong number as for a wrong code: whoever tries learns nothing from either. */
    async byCode(typedNumber: string, typedCode: string): Promise<CitizenAppeal | undefined> {
      const number = parseAppealNumber(typedNumber)
      const id = await findAppealByNumber(db, number ? formatAppealNumber(number) : '')
      const isRight = keys.isSame(keys.followCode(id ?? NO_APPEAL), readFollowCode(typedCode))
      return id && isRight ? citizenAppeal(await readAppeal(db, id)) : undefined
    },

    async list(e164: string): Promise<CitizenAppealRow[]> {
      const rows = await listOwnAppeals(db, e164)
      return rows.map((row) => appealRow(row))
    },

    async open(e164: string, number: string): Promise<OwnAppeal> {
      return ownAppeal(await readAppeal(db, await own(e164, number)), tashkentDay(now()))
    },

    async act(
      { e164, number }: { e164: string; number: string },
      form: { key: string; version: number; action: CitizenAction; words: string },
    ): Promise<void> {
      const id = await own(e164, number)
      const words = storable(form.words)
      if (words === '') throw new Refusal('badInput', 'words: there are none')
      await appeals.moveOfCitizen(id, {
        requestKey: form.key,
        action: form.action,
        version: form.version,
        details: { [FIELD_OF[form.action]]: words },
      })
    },

    async rate(
      { e164, number }: { e164: string; number: string },
      { stars, words }: { stars: number; words: string },
    ): Promise<void> {
      const id = await own(e164, number)
      const { stage } = citizenAppeal(await readAppeal(db, id))
      if (!mayBeRated(stage)) throw new Refusal('moveNotPossible', `An appeal that is ${stage} is not rated`)
      await db.transaction().execute(async (trx) => {
        const rating = { appeal: id, stars, words: storable(words), rated_at: new Date(now()) }
        if (await addRating(trx, rating))
          await record<PortalEvent>(trx, { type: 'appealRated', appeal: id, stars })
      })
    },
  }
}

function storable(words: string): string {
  return [...asStorableText(words).trim()].slice(0, CITIZENS_WORDS_MAX_CHARACTERS).join('')
}

type Row = Pick<ReadAppeal['appeal'], 'number' | 'kind' | 'status' | 'outcome' | 'registered_on' | 'due_on'>

function appealRow({ number, kind, status, outcome, registered_on, due_on }: Row): CitizenAppealRow {
  return {
    number,
    kind,
    stage: citizenStage(status, outcome),
    registeredOn: registered_on as Day,
    dueOn: clockRuns(status) ? (due_on as Day | null) : null,
  }
}

function citizenAppeal(read: ReadAppeal): CitizenAppeal {
  const { appeal, steps } = read
  const since = sinceReopened(steps)
  const replied = since.findLast(({ action }) => action === 'reply')
  const told = (replied?.details ?? {}) as MoveDetails
  return {
    ...appealRow(appeal),
    stages: stagesOf(read),
    reply:
      replied && told.reply !== undefined
        ? { at: replied.at.getTime(), text: told.reply, result: told.result ?? null }
        : null,
    explanation: explanationOf(steps),
  }
}

/** One line each time it stood otherwise for the citizen. */
function stagesOf({ steps }: ReadAppeal): CitizenAppeal['stages'] {
  const stages: { at: Instant; stage: CitizenStage }[] = []
  for (const { to_status, at } of steps) {
    // To have been told and to be closed changes nothing in what was answered.
    if (to_status === 'notified' || to_status === 'closed') continue
    const stage = citizenStage(to_status, null)
    if (stages.at(-1)?.stage !== stage) stages.push({ at: at.getTime(), stage })
  }
  return stages
}

/** Why there is no reply from us, in the words of the last move that says so. */
function explanationOf(steps: ReadAppeal['steps']): string | null {
  const since = sinceReopened(steps)
  const last = since.findLast(({ action }) => ['forward', 'return', 'approveLeaving'].includes(action))
  if (!last) return null
  const told = last.details as MoveDetails
  if (last.action === 'forward') return [told.authority, told.reason].filter(Boolean).join('\n')
  if (last.action === 'return') return told.reason ?? null
  const proposed = since.findLast(({ action }) => action === 'proposeLeaving')?.details as
    | MoveDetails
    | undefined
  return proposed?.conclusion ?? null
}

function ownAppeal(read: ReadAppeal, today: Day): OwnAppeal {
  const { appeal, steps } = read
  const seen = citizenAppeal(read)
  const moved: MovedAppeal = {
    ...appeal,
    dueOn: appeal.due_on,
    moves: steps.map(({ action, actor }) => ({ action, by: actor })),
  }
  return {
    ...seen,
    version: steps.length,
    words: appeal.text,
    additions: steps.flatMap(({ action, at, details }) => {
      const { addition } = details as MoveDetails
      return action === 'supplement' && addition !== undefined ? [{ at: at.getTime(), text: addition }] : []
    }),
    actions: citizenActions(moved, today),
    mayBeRated: mayBeRated(seen.stage),
    rating: appeal.stars === null ? null : { stars: appeal.stars, words: appeal.words ?? '' },
  }
}
