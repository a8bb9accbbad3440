/** The people of the make-believe server, checked by the very rules of the real one. */
import { z } from 'zod'
import { AddPerson, ChangePerson, ChoosePassword, PersonRow, PersonWithPassword } from '#contract/people.ts'
import type { Me } from '#contract/staff.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import { checkDeactivation, checkPerson } from '#core/staff/check-person.ts'
import { PERMISSIONS } from '#core/staff/permissions.ts'
import { madeId } from './mock-data.ts'
import type { MockQueues } from './mock-queues.ts'
import { Refused } from './mock-refused.ts'

const ADDED_AT = 1_790_000_000_000
export const ONE_TIME_PASSWORD = 'bir martalik 7'

type World = { staff: Me[]; queues: MockQueues; people: Map<string, Kept> }
/** What is known of a person beside who he is. */
export type Kept = { queues: QueueId[]; pinfl: string | null; version: number; isActive: boolean }
type Asked = { world: World; me: Me; path: string[]; body: unknown }

export const PEOPLE: Record<string, (asked: Asked) => unknown> = {
  'GET /people': ({ world }) => z.array(PersonRow).parse(rowsOf(world)),
  'POST /people': ({ world, body }) => {
    const form = AddPerson.parse(body)
    refuse(checkPerson(form, togetherOf(world)))
    const { login, name, role, languages, pinfl, queues } = form
    const id = madeId(1, world.staff.length + 50)
    const about = { interfaceLanguage: 'uz', organisation: '', hasOneTimePassword: true } as const
    world.staff.push({ id, login, name, role, languages, may: [...PERMISSIONS[role]], ...about })
    world.people.set(id, { queues, pinfl, version: 1, isActive: true })
    return PersonWithPassword.parse({ person: rowOf(world, id), password: ONE_TIME_PASSWORD })
  },
  'PUT /people/:id': ({ world, path, body }) => {
    const { basedOn, ...form } = ChangePerson.parse(body)
    const person = found(world, path[1])
    const kept = keptOf(world, person.id)
    if (kept.version !== basedOn) throw new Refused('changedMeanwhile')
    const { login } = person
    refuse(checkPerson({ ...form, login }, togetherOf(world), person.id as StaffId))
    Object.assign(person, { name: form.name, role: form.role, languages: form.languages })
    world.people.set(person.id, { ...kept, queues: form.queues, pinfl: form.pinfl, version: basedOn + 1 })
    return PersonRow.parse(rowOf(world, person.id))
  },
  'POST /people/:id/password': ({ world, path }) => withPassword(world, path[1]),
  'POST /people/:id/activate': ({ world, path }) => {
    change(world, path[1], { isActive: true })
    return withPassword(world, path[1])
  },
  'POST /people/:id/deactivate': ({ world, me, path }) => {
    const by = me.id as StaffId
    refuse(checkDeactivation(togetherOf(world), { id: path[1] as StaffId, by }))
    change(world, path[1], { isActive: false })
    return PersonRow.parse(rowOf(world, path[1]))
  },
  'PUT /me/password': ({ me, body }) => {
    const { old, new: chosen } = ChoosePassword.parse(body)
    if (old === chosen) throw new Refused('passwordNotNew')
    me.hasOneTimePassword = false
    return undefined
  },
}

function withPassword(world: World, id: string | undefined) {
  found(world, id).hasOneTimePassword = true
  return PersonWithPassword.parse({ person: rowOf(world, id), password: ONE_TIME_PASSWORD })
}

function change(world: World, id: string | undefined, part: Partial<Kept>): void {
  const person = found(world, id)
  const kept = keptOf(world, person.id)
  world.people.set(person.id, { ...kept, ...part, version: kept.version + 1 })
}

function found({ staff }: World, id: string | undefined): Me {
  const person = staff.find((one) => one.id === id)
  if (!person) throw new Refused('notFound')
  return person
}

const keptOf = ({ people, queues, staff }: World, id: string): Kept =>
  people.get(id) ?? {
    queues:
      staff.find((one) => one.id === id)?.role === 'agent'
        ? queues.rows.slice(0, 1).map(({ queue }) => queue)
        : [],
    pinfl: null,
    version: 1,
    isActive: true,
  }

function rowOf(world: World, id: string | undefined): PersonRow {
  const { login, name, role, languages, hasOneTimePassword, ...person } = found(world, id)
  const kept = keptOf(world, person.id)
  const about = { isSignedIn: false, addedAt: ADDED_AT }
  return { id: person.id, login, name, role, languages, hasOneTimePassword, ...kept, ...about }
}

const rowsOf = (world: World) => world.staff.map(({ id }) => rowOf(world, id))

function togetherOf(world: World) {
  return {
    people: rowsOf(world).map(({ id, ...row }) => ({ ...row, id: id as StaffId })),
    queues: world.queues.rows.map(({ queue }) => queue),
  }
}

function refuse(problems: ReturnType<typeof checkPerson>): void {
  if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
}
