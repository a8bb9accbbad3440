/** What happened to the people who work here and to their sign-ins. */
import type { SkillId, StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'

export type StaffEvent =
  | { type: 'signedIn'; by: StaffId; address: string; signIn: string }
  /** Without `by` the login was none of ours; it is not kept, for it may be a password typed into the wrong field. */
  | {
      type: 'signInRefused'
      by?: StaffId
      address: string
      because: 'wrongPassword' | 'unknownLogin' | 'deactivated' | 'tooManyAttempts'
    }
  | { type: 'signedOut'; by?: StaffId; staff: StaffId; signIn: string; because: SignOutReason }
  | { type: 'staffMemberAdded'; by?: StaffId; staff: StaffId; role: Role }
  | { type: 'staffMemberChanged'; by: StaffId; staff: StaffId; changes: PersonChanges }
  | { type: 'staffMemberDeactivated' | 'staffMemberActivated' | 'passwordGiven'; by: StaffId; staff: StaffId }
  | { type: 'passwordChosen'; by: StaffId }
  | { type: 'agentSkillsChanged'; by: StaffId; staff: StaffId; changes: readonly SkillChange[] }
  | { type: 'interfaceLanguageChosen'; by: StaffId; language: string }

/** Of the fields that an administrator fills in, those he changed. */
export type PersonChanges = Readonly<Record<string, { from: unknown; to: unknown }>>

/** Levels from 1 to 100; 0 is none. */
export type SkillChange = { skill: SkillId; from: number; to: number }

/** `signedOut`: by hand, `expired`: by time, `elsewhere`: all sign-ins of a person were ended, `accessChanged`: because he has another role or password, `deactivated`: he may no longer work here. */
export type SignOutReason = 'signedOut' | 'expired' | 'elsewhere' | 'accessChanged' | 'deactivated'

/** Told to whoever holds something open for a sign-in: a live stream, a desk, a telephone line. */
export type SignedOut = { staff: StaffId; signIn: string; because: SignOutReason; isLast: boolean }
