/** Who works here: signing in and out, what one may do, and what routing needs to know of an agent. */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import { INTERFACE_LANGUAGES, type Me, type SignIn } from '#contract/staff.ts'
import type { AgentId, QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES, type CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'
import { fluentIn, type SkillLevels } from '#core/routing/skill-rules.ts'
import { may, PERMISSIONS, type Role, ROLES } from '#core/staff/permissions.ts'
import { inWriting } from '#core/text/written-texts.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import { readOrganisation } from '../organisation/service.ts'
import { signInAttempts } from './attempts.ts'
import type { SignOutReason, StaffEvent } from './events.ts'
import { knownSignIns } from './known-sign-ins.ts'
import { hashPassword } from './passwords.ts'
import { type From, lookUpSignIn, signingIn, signingOut } from './sign-ins.ts'
import {
  findStaffMember,
  insertStaffMember,
  listAgents,
  putQueueAgents,
  putSkillLevels,
  setInterfaceLanguage,
  setLanguages,
  tokenHash,
} from './store.ts'

export { generatePassword } from './passwords.ts'
export { SIGN_IN_MAX_MS } from './sign-ins.ts'

const TAKES_CALLS = ROLES.filter((role) => may(role, 'takeCalls'))

export type AgentProfile = {
  id: AgentId
  name: string
  queues: readonly QueueId[]
  skills: SkillLevels
}

export type StaffServiceDeps = {
  db: Kysely<Database>
  log: Logger
  now?: () => Instant
  attempts?: ReturnType<typeof signInAttempts>
}

export type StaffService = ReturnType<typeof staffService>

export function staffService({ db, log, now = Date.now, attempts = signInAttempts() }: StaffServiceDeps) {
  const signIn = signingIn({ db, log, now, attempts })
  const { staffOf, forget } = knownSignIns({ lookUp: (hash, at) => lookUpSignIn(db, hash, at), now, log })
  const { end, onSignedOut } = signingOut({ db, log, now, forget })

  return {
    onSignedOut,
    me: (id: StaffId) => me(db, id),
    /** Who a cookie belongs to. */
    staffOf,

    async signIn(who: SignIn, from: From): Promise<{ token: string; me: Me }> {
      const { token, staff } = await signIn(who, from)
      return { token, me: await me(db, staff) }
    },

    async signOut(token: string, by?: StaffId): Promise<void> {
      await end({ hash: tokenHash(token) }, 'signedOut', by)
    },

    async signOutAll(staff: StaffId, because: SignOutReason, by?: StaffId): Promise<number> {
      return await end({ staff }, because, by)
    },

    /** A password tried by whoever is signed in already counts like one at a sign-in. */
    async passwordAttempt(login: string, address: string, isRight: () => Promise<boolean>): Promise<void> {
      if ((await attempts.count(login, address)) !== 'allowed')
        throw new Refusal('tooManyAttempts', 'Too many passwords were tried; later again')
      if (!(await isRight())) throw new Refusal('wrongCredentials', 'The password is wrong')
      await attempts.forgive(login, address)
    },

    /** Ends what has run out of time, so that its streams and lines are closed too. To be called every minute or so. */
    async endExpired(): Promise<number> {
      return await end({ expiredBy: new Date(now()) }, 'expired')
    },

    async changeMe(id: StaffId, { interfaceLanguage }: Pick<Me, 'interfaceLanguage'>): Promise<Me> {
      await db.transaction().execute(async (trx) => {
        await setInterfaceLanguage(trx, id, interfaceLanguage)
        await record<StaffEvent>(trx, {
          type: 'interfaceLanguageChosen',
          by: id,
          language: interfaceLanguage,
        })
      })
      return await me(db, id)
    },

    agents: () => agentProfiles(db),

    async agentProfile(id: AgentId): Promise<AgentProfile | undefined> {
      const [found] = await listAgents(db, TAKES_CALLS, id)
      return found
    },
  }
}

/** Everybody who may take calls, as routing knows him. */
export async function agentProfiles(db: Kysely<Database>): Promise<AgentProfile[]> {
  return await listAgents(db, TAKES_CALLS)
}

async function me(db: Kysely<Database>, id: StaffId): Promise<Me> {
  const [member, organisation] = await Promise.all([findStaffMember(db, id), readOrganisation(db)])
  if (!member) throw new Refusal('notFound', `No member of staff ${id}`)
  const { login, name, role, languages } = member
  const interfaceLanguage = INTERFACE_LANGUAGES.find((known) => known === member.interface_language) ?? 'uz'
  const organisationName = organisation ? inWriting(organisation.names, interfaceLanguage) : ''
  return {
    id,
    login,
    name,
    role,
    may: [...PERMISSIONS[role]],
    interfaceLanguage,
    languages,
    hasOneTimePassword: member.password_is_one_time,
    organisation: organisationName,
  }
}

export type NewStaffMember = {
  login: string
  name: string
  role: Role
  languages: readonly CallLanguage[]
  queues: readonly QueueId[]
  /** How well, if not said otherwise: his languages as well as one can. */
  skills?: SkillLevels
  password: string
}

export type HashedStaffMember = Omit<NewStaffMember, 'password'> & { passwordHash: string }

/**
 * Hashes passwords, each with a salt of its own, side by side in the thread pool.
 * To be called before the transaction: for dozens it takes seconds.
 */
export async function withHashedPasswords(members: readonly NewStaffMember[]): Promise<HashedStaffMember[]> {
  return await Promise.all(
    members.map(async ({ password, ...member }) => ({
      ...member,
      passwordHash: await hashPassword(password),
    })),
  )
}

export async function addStaffMember(
  trx: Transaction<Database>,
  member: HashedStaffMember,
  by?: StaffId,
): Promise<StaffId> {
  const { languages, role } = member
  const skills = member.skills ?? (may(role, 'takeCalls') ? fluentIn(languages) : {})
  const staff = await insertStaffMember(trx, { ...member, skills })
  await record<StaffEvent>(trx, { type: 'staffMemberAdded', staff, role, ...(by && { by }) })
  return staff
}

/** Who serves a queue from now on and who no more. */
export async function changeQueueAgents(
  trx: Transaction<Database>,
  change: { queue: QueueId; add: readonly StaffId[]; remove: readonly StaffId[] },
): Promise<void> {
  await putQueueAgents(trx, change)
}

/** Changes these levels of an agent; a language at any level is one he speaks. */
export async function changeSkillLevels(
  trx: Transaction<Database>,
  { id, skills }: Pick<AgentProfile, 'id' | 'skills'>,
  { levels, by }: { levels: SkillLevels; by: StaffId },
): Promise<void> {
  await putSkillLevels(trx, id, levels)
  const after: SkillLevels = { ...skills, ...levels }
  const languages = CALL_LANGUAGES.filter((language) => (after[language as string as SkillId] ?? 0) > 0)
  await setLanguages(trx, id, languages)
  const changes = (Object.entries(levels) as [SkillId, number][]).map(([skill, to]) => ({
    skill,
    from: skills[skill] ?? 0,
    to,
  }))
  await record<StaffEvent>(trx, { type: 'agentSkillsChanged', staff: id, changes, by })
}
