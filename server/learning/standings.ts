/** How everybody stands in every course: what was passed, and what a later version has ended. */
import type { Kysely } from 'kysely'
import {
  type Attestation,
  type HowItStands,
  isAttested,
  type Renewal,
  standingOf,
} from '#core/learning/attestation.ts'
import type { CourseId, StaffId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import { type Day, tashkentDay } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import { listPasses } from './attempt-store.ts'
import { listPublished, listRenewals } from './store.ts'

export type Standings = {
  of(staff: StaffId, course: CourseId, today: Day): HowItStands
  attestedIn(course: CourseId, today: Day): StaffId[]
}

export const NO_STANDINGS: Standings = {
  of: () => ({ standing: 'never', endsOn: null }),
  attestedIn: () => [],
}

export async function readStandings(db: Kysely<Database>): Promise<Standings> {
  const [passes, renewalRows] = [await listPasses(db), await listRenewals(db)]
  const passed = new Map<CourseId, Map<StaffId, Attestation[]>>()
  for (const { course, staff, version, passed_on, valid_until } of passes) {
    if (!passed_on) continue
    const ofCourse = passed.get(course) ?? new Map<StaffId, Attestation[]>()
    const his = ofCourse.get(staff) ?? []
    his.push({ version, passedOn: passed_on, validUntil: valid_until })
    passed.set(course, ofCourse.set(staff, his))
  }
  const renewals = new Map<CourseId, Renewal[]>()
  for (const { course, version, again_by } of renewalRows) {
    if (again_by) renewals.set(course, [...(renewals.get(course) ?? []), { version, againBy: again_by }])
  }
  const of: Standings['of'] = (staff, course, today) =>
    standingOf(passed.get(course)?.get(staff) ?? [], renewals.get(course) ?? [], today)
  return {
    of,
    attestedIn: (course, today) =>
      [...(passed.get(course)?.keys() ?? [])].filter((staff) =>
        isAttested(of(staff, course, today).standing),
      ),
  }
}

export type CourseForQueues = { course: CourseId; names: Texts; attested: StaffId[] }

/** The courses a queue may require, and who is attested in them today. */
export async function attestedIn(db: Kysely<Database>, now = Date.now()): Promise<CourseForQueues[]> {
  const [published, standings] = [await listPublished(db), await readStandings(db)]
  return published.map(({ course, body: { names } }) => ({
    course,
    names,
    attested: standings.attestedIn(course, tashkentDay(now)),
  }))
}
