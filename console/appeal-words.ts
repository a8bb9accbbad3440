/** The words of appeals. The kinds are named by the words of the law. */
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealStatus } from '#core/appeals/appeal-status.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { AppealOutcome } from '#core/appeals/move-fields.ts'
import type { Duty, OtherDuty } from '#core/deadlines/duties.ts'
import type { TopicKind } from '#core/knowledge/classifier.ts'
import { t } from './i18n.ts'

export function kindText(kind: AppealKind): string {
  switch (kind) {
    case 'application':
      return t('Application')
    case 'proposal':
      return t('Proposal')
    case 'complaint':
      return t('Complaint')
  }
}

/** Of a topic: what usually becomes of such a call. */
export function topicKindText(kind: TopicKind): string {
  if (kind === 'consultation') return t('Consultation')
  return kind === 'report' ? t('Report') : kindText(kind)
}

export function kindMeaning(kind: AppealKind): string {
  switch (kind) {
    case 'application':
      return t('Asks for help in exercising rights, freedoms and lawful interests')
    case 'proposal':
      return t('Recommends how the work of the state and of society can be improved')
    case 'complaint':
      return t('Demands that violated rights be restored and lawful interests protected')
  }
}

export function appealStatusText(status: AppealStatus): string {
  switch (status) {
    case 'draft':
      return t('Draft')
    case 'registered':
      return t('Registered')
    case 'classified':
      return t('Classified')
    case 'editing':
      return t('At the editing desk')
    case 'approved':
      return t('Approved')
    case 'dispatched':
      return t('Sent to the chancellery')
    case 'received':
      return t('At the chancellery')
    case 'replied':
      return t('Replied')
    default:
      return endText(status)
  }
}

type EndStatus =
  | 'notified'
  | 'closed'
  | 'forwarded'
  | 'returned'
  | 'leavingProposed'
  | 'leftUnconsidered'
  | 'merged'
  | 'withdrawn'

function endText(status: EndStatus): string {
  switch (status) {
    case 'notified':
      return t('The citizen was told')
    case 'closed':
      return t('Closed')
    case 'forwarded':
      return t('Sent on to another authority')
    case 'returned':
      return t('Returned to the citizen')
    case 'leavingProposed':
      return t('Conclusion waits for approval')
    case 'leftUnconsidered':
      return t('Left unconsidered')
    case 'merged':
      return t('Merged into another')
    case 'withdrawn':
      return t('Withdrawn')
  }
}

export function trackText(track: AppealTrack): string {
  switch (track) {
    case 'general':
      return t('By the law on appeals')
    case 'testScore':
      return t('Appeal against a test score')
    case 'trust':
      return t('Confidential: corruption')
  }
}

/** What has to be done by a day. */
export function dutyText(duty: Duty): string {
  switch (duty) {
    case 'reply':
      return t('Reply')
    case 'notice':
      return t('Notice of the study')
    case 'forwarding':
      return t('Sending on')
  }
}

/** Above the day and how it came about. */
export function dutyTitle(duty: OtherDuty): string {
  return duty === 'notice' ? t('Notice of the study due') : t('If it is not ours: send it on by')
}

export function outcomeText(outcome: AppealOutcome): string {
  switch (outcome) {
    case 'satisfied':
      return t('Satisfied')
    case 'explained':
      return t('Explained')
    case 'refused':
      return t('Turned down')
    default:
      return endText(outcome)
  }
}
