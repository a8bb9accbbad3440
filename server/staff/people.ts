/**
 * The people who work here, as an administrator changes them: added, changed, let in again with a new one-time
 * password, and deactivated, which signs them out at once. Nobody is deleted: calls and appeals keep their names.
 *
 * What leaves the callers of a queue with nobody is refused, but for a deactivation: whoever must go now is not kept
 * because a queue needs him. The page of queues shows what is wrong then.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { AddPerson, ChangePerson, PersonRow, PersonWithPassword } from '#contract/people.ts'
import type { SkillId, StaffId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { SKILL_LEVEL_MAX, type SkillLevels } from '#core/routing/skill-rules.ts'
import { checkPerson, type PersonForm } from '#core/staff/check-person.ts'
import { may } from '#core/staff/permissions.ts'
import { maskPinfl } from '#core/citizens/pinfl.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { PersonChanges, StaffEvent } from './events.ts'
import { generatePassword, hashPassword } from './passwords.ts'
import { peopleAccess, personIn, refuse } from './people-access.ts'
import { listPeople, type Person, putQueues, updatePerson } from './people-store.ts'
import type { QueueGuard } from './ports.ts'
import { addStaffMember, changeSkillLevels, type StaffService } from './service.ts'

type Trx = Transaction<Database>

/** Longer than a name may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 400

export type PeopleDeps = {
  db: Kysely<Database>
  log: Logger
  now?: () => number
  guard: QueueGuard
  staff: Pick<StaffService, 'signOutAll' | 'passwordAttempt'>
}

export type PeopleService = ReturnType<typeof peopleService>

export function peopleService({ db, log, now = Date.now, guard, staff }: PeopleDeps) {
  const tellChanged: ((id: StaffId) => void)[] = []

  /** One change at a time, with everybody as he is before it. */
  async function changing(id: StaffId, change: (trx: Trx, person: Person, all: Person[]) => Promise<void>) {
    await db.transaction().execute((trx) =>
      guard.changing(trx, async () => {
        const all = await listPeople(trx, new Date(now()))
        await change(trx, personIn(all, id), all)
      }),
    )
    for (const tell of tellChanged) tell(id)
  }

  async function row(id: StaffId): Promise<PersonRow> {
    return rowOf(personIn(await listPeople(db, new Date(now())), id))
  }

  return {
    /** Told after somebody was changed; what he is now, the listener looks up. */
    onChanged: (tell: (id: StaffId) => void) => void tellChanged.push(tell),

    async list(): Promise<PersonRow[]> {
      return (await listPeople(db, new Date(now()))).map(rowOf)
    },

    async add(asked: AddPerson, by: StaffId): Promise<PersonWithPassword> {
      const password = generatePassword()
      const passwordHash = await hashPassword(password)
      const form = formOf(asked)
      const id = await db.transaction().execute((trx) =>
        guard.changing(trx, async () => {
          const people = await listPeople(trx, new Date(now()))
          refuse(checkPerson(form, { people, queues: await guard.inUse(trx) }))
          const added = await addStaffMember(trx, { ...form, passwordHash }, by)
          await updatePerson(trx, added, { password_is_one_time: true, pinfl: form.pinfl })
          return added
        }),
      )
      log.info({ staff: id, role: form.role, by }, 'a person was added')
      return { person: await row(id), password }
    },

    async change(id: StaffId, { basedOn, ...asked }: ChangePerson, by: StaffId): Promise<PersonRow> {
      let hasOtherRole = false
      await changing(id, async (trx, person, people) => {
        if (person.version !== basedOn)
          throw new Refusal('changedMeanwhile', `${id} is at version ${person.version} now`)
        const form = formOf({ ...asked, login: person.login })
        refuse(checkPerson(form, { people, queues: await guard.inUse(trx) }, id))
        hasOtherRole = form.role !== person.role
        await saveForm(trx, { person, form, by })
      })
      log.info({ staff: id, by }, 'a person was changed')
      if (hasOtherRole) await staff.signOutAll(id, 'accessChanged', by)
      return await row(id)
    },

    ...peopleAccess({ db, log, now, guard, staff, changing, row }),
  }
}

function rowOf({ skills: _skills, ...person }: Person): PersonRow {
  return person
}

function formOf({ login, name, role, languages, pinfl, queues }: AddPerson): PersonForm {
  return {
    login,
    name: asPlainText(name, CLEANED_CHARACTERS).text.trim(),
    role,
    languages: CALL_LANGUAGES.filter((language) => languages.includes(language)),
    queues: [...new Set(queues)].sort(),
    // In groups as it stands on a card, or in one.
    pinfl: pinfl?.replace(/[\s-]/g, '') || null,
  }
}

type Saving = { person: Person; form: PersonForm; by: StaffId }

async function saveForm(trx: Trx, { person, form, by }: Saving): Promise<void> {
  const { id } = person
  const { name, role, languages, pinfl, queues } = form
  await updatePerson(trx, id, { name, role, languages: [...languages], pinfl })
  await putQueues(trx, id, queues)
  const levels = may(role, 'takeCalls') ? languageLevels(person.skills, form) : {}
  if (Object.keys(levels).length > 0)
    await changeSkillLevels(trx, { id, skills: person.skills }, { levels, by })
  const changes = changesOf(person, form)
  if (Object.keys(changes).length > 0)
    await record<StaffEvent>(trx, { type: 'staffMemberChanged', staff: id, changes, by })
}

/** A language is a skill: one that is new is spoken well until somebody says how well. */
function languageLevels(skills: SkillLevels, { languages }: PersonForm): SkillLevels {
  const changed = CALL_LANGUAGES.flatMap((language): [SkillId, number][] => {
    const skill = language as string as SkillId
    const speaks = languages.includes(language)
    if (speaks === (skills[skill] ?? 0) > 0) return []
    return [[skill, speaks ? SKILL_LEVEL_MAX : 0]]
  })
  return Object.fromEntries(changed)
}

function changesOf(before: Person, after: PersonForm): PersonChanges {
  const fields = ['name', 'role', 'languages', 'queues'] as const
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  const changes = Object.fromEntries(
    changed.map((field) => [field, { from: before[field], to: after[field] }]),
  )
  // Covered but for a few digits: the log is for ever.
  const covered = ({ pinfl }: { pinfl: string | null }) => pinfl && maskPinfl(pinfl)
  if (before.pinfl === after.pinfl) return changes
  return { ...changes, pinfl: { from: covered(before), to: covered(after) } }
}
