/** Whose work an appeal is at the moment may attach to it: to the appeal before it is approved, to the reply after. */
import type { AppealStatus } from '#core/appeals/appeal-status.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import { type Action, may, type Role } from '#core/staff/permissions.ts'

export const ATTACHMENT_PARTS = ['appeal', 'reply'] as const
/** Sent by the citizen with his appeal, or by the body with its reply. */
export type AttachmentPart = (typeof ATTACHMENT_PARTS)[number]

/** What is approved is what was looked at: from then on nothing is added to it or taken away. */
const PART_OF_STATUS: Partial<Record<AppealStatus, AttachmentPart>> = {
  registered: 'appeal',
  classified: 'appeal',
  editing: 'appeal',
  received: 'reply',
}

const MAY_ATTACH: Readonly<Record<AttachmentPart, readonly Action[]>> = {
  appeal: ['registerAppeal', 'editAppeals'],
  reply: ['answerAppeals'],
}

/**
 * From what this person may take something away now. Whoever only writes down what citizens say takes away what he has
 * attached by mistake; what the citizen or somebody else has sent he does not: it is the appeal's evidence.
 */
export function removesFrom(
  appeal: { readonly status: AppealStatus; readonly track: AppealTrack },
  role: Role,
  { isOwn }: { readonly isOwn: boolean },
): AttachmentPart | undefined {
  const part = attachesTo(appeal, role)
  const works = (['editAppeals', 'answerAppeals', 'handleTrustAppeals'] as const).some((one) =>
    may(role, one),
  )
  return isOwn || works ? part : undefined
}

/** To what this person may attach something now; to nothing where it is not his or too late. */
export function attachesTo(
  { status, track }: { readonly status: AppealStatus; readonly track: AppealTrack },
  role: Role,
): AttachmentPart | undefined {
  const part = PART_OF_STATUS[status]
  if (!part) return undefined
  const isHis =
    track === 'trust'
      ? may(role, 'handleTrustAppeals')
      : MAY_ATTACH[part].some((permission) => may(role, permission))
  return isHis ? part : undefined
}
