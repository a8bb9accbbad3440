/** Whether and how somebody signs in: one-time passwords, his own, and being locked out. */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { ChoosePassword, PersonRow, PersonWithPassword } from '#contract/people.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { checkDeactivation } from '#core/staff/check-person.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { StaffEvent } from './events.ts'
import { generatePassword, hashPassword, isPasswordRight } from './passwords.ts'
import { findPassword, listPeople, type Person, updatePerson } from './people-store.ts'
import type { QueueGuard } from './ports.ts'
import type { StaffService } from './service.ts'

type Trx = Transaction<Database>

export type AccessDeps = {
  db: Kysely<Database>
  log: Logger
  now: () => number
  guard: QueueGuard
  staff: Pick<StaffService, 'signOutAll' | 'passwordAttempt'>
  changing(id: StaffId, change: (trx: Trx, person: Person) => Promise<void>): Promise<void>
  row(id: StaffId): Promise<PersonRow>
}

export function peopleAccess({ db, log, now, guard, staff, changing, row }: AccessDeps) {
  return {
    async givePassword(id: StaffId, by: StaffId): Promise<PersonWithPassword> {
      const password = generatePassword()
      const hash = await hashPassword(password)
      await changing(id, async (trx, { isActive }) => {
        if (!isActive) throw new Refusal('wrongStatus', `${id} does not work here any more`)
        await putPassword(trx, id, { hash, isOneTime: true })
        await record<StaffEvent>(trx, { type: 'passwordGiven', staff: id, by })
      })
      log.info({ staff: id, by }, 'a new password was given')
      await staff.signOutAll(id, 'accessChanged', by)
      return { person: await row(id), password }
    },

    async deactivate(id: StaffId, by: StaffId): Promise<PersonRow> {
      await db.transaction().execute(async (trx) => {
        // Two who throw each other out at once would leave nobody.
        await guard.lock(trx)
        const people = await listPeople(trx, new Date(now()))
        const { isActive } = personIn(people, id)
        refuse(checkDeactivation({ people }, { id, by }))
        if (!isActive) return
        await updatePerson(trx, id, { active: false })
        await record<StaffEvent>(trx, { type: 'staffMemberDeactivated', staff: id, by })
      })
      log.info({ staff: id, by }, 'a person was deactivated')
      await staff.signOutAll(id, 'deactivated', by)
      return await row(id)
    },

    /** With a new password: nobody comes back by one that lay about meanwhile. */
    async activate(id: StaffId, by: StaffId): Promise<PersonWithPassword> {
      const password = generatePassword()
      const hash = await hashPassword(password)
      await changing(id, async (trx) => {
        await updatePerson(trx, id, { active: true })
        await putPassword(trx, id, { hash, isOneTime: true })
        await record<StaffEvent>(trx, { type: 'staffMemberActivated', staff: id, by })
      })
      log.info({ staff: id, by }, 'a person was let in again')
      return { person: await row(id), password }
    },

    /** One's own, known from now on to nobody else. */
    async choosePassword(id: StaffId, { old, new: chosen }: ChoosePassword, address: string): Promise<void> {
      const known = await findPassword(db, id)
      await staff.passwordAttempt(known?.login ?? '', address, () =>
        isPasswordRight(old, known?.password_hash),
      )
      if (chosen === old || chosen.toLowerCase() === known?.login)
        throw new Refusal('passwordNotNew', 'The new password is the old one, or the login')
      const hash = await hashPassword(chosen)
      await db.transaction().execute(async (trx) => {
        await putPassword(trx, id, { hash, isOneTime: false })
        await record<StaffEvent>(trx, { type: 'passwordChosen', by: id })
      })
      log.info({ staff: id }, 'a password was chosen')
    },
  }
}

export function personIn(people: readonly Person[], id: StaffId): Person {
  const person = people.find((one) => one.id === id)
  if (!person) throw new Refusal('notFound', `No member of staff ${id}`)
  return person
}

export function refuse(problems: readonly SettingProblem[]): void {
  if (problems.length > 0) throw new SettingsHaveProblems(problems)
}

async function putPassword(trx: Trx, id: StaffId, { hash, isOneTime }: { hash: string; isOneTime: boolean }) {
  await updatePerson(trx, id, { password_hash: hash, password_is_one_time: isOneTime })
}
