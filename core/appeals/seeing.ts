/** Who may see an appeal at all: the one rule for its card, lists, exports, links in messages and whatever else names one. */
import { may, type Role } from '#core/staff/permissions.ts'
import type { AppealTrack } from './appeal-track.ts'

/** A report of corruption is seen by nobody but those who handle it. */
export function maySeeAppeal(role: Role, track: AppealTrack): boolean {
  return may(role, 'seeAppeals') && (track !== 'trust' || may(role, 'handleTrustAppeals'))
}
