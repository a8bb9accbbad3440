/**
 * How an appeal came to where it stands, in the lines that its citizen reads: a line each time it stood otherwise for
 * him, and one each time its reply was put off (article 28: he is told of an extension, with the reason).
 */
import type { AppealAction, AppealStatus } from '#core/appeals/appeal-status.ts'
import type { Day, Instant } from '#core/lib/time.ts'
import { type CitizenStage, citizenStage } from './citizen-appeal.ts'

export const CITIZEN_NOTICES = ['studied', 'extended'] as const
/** What is told of an appeal that stands where it stood. */
export type CitizenNotice = (typeof CITIZEN_NOTICES)[number]

/** By an official, with his key. His name only where the organisation shows names. */
export type CitizenSignature = { readonly by: string | null }

export type StoryStep = {
  readonly action: AppealAction
  readonly to: AppealStatus
  readonly at: Instant
  readonly details: { readonly authority?: string | undefined; readonly reason?: string | undefined }
  /** As the step left it, where it was counted anew. */
  readonly dueOn: Day | null
  readonly signature: CitizenSignature | null
}

export type StoryLine = {
  readonly at: Instant
  readonly what: CitizenStage | CitizenNotice
  /** The new day of a reply that was put off. */
  readonly dueOn: Day | null
  /** Which authority it was sent on to, or why the time was extended. */
  readonly words: string | null
  /** Under an extension; that of the reply or the conclusion stands under its words. */
  readonly signature: CitizenSignature | null
}

const NOTICE_OF: Partial<Record<AppealAction, CitizenNotice>> = { study: 'studied', extend: 'extended' }

const UNTOLD = { words: null, signature: null }

export function citizenStory(steps: readonly StoryStep[]): StoryLine[] {
  const lines: StoryLine[] = []
  let stood: CitizenStage | undefined
  for (const { action, at, details, dueOn, signature, to } of steps) {
    const notice = NOTICE_OF[action]
    // Why something is studied is written for those who study it.
    const told = action === 'extend' ? { words: details.reason ?? null, signature } : UNTOLD
    if (notice) lines.push({ at, what: notice, dueOn, ...told })
    // To have been told and to be closed changes nothing in what was answered.
    if (to === 'notified' || to === 'closed') continue
    const stage = citizenStage(to, null)
    if (stage === stood) continue
    stood = stage
    lines.push({
      at,
      what: stage,
      dueOn: null,
      ...UNTOLD,
      words: action === 'forward' ? (details.authority ?? null) : null,
    })
  }
  return lines
}
