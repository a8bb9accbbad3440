/** The words of appeals. The kinds are named by the words of the law. */
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealStatus } from '#core/appeals/appeal-status.ts'
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
    case 'inReview':
      return t('In review')
    case 'replied':
      return t('Replied')
    case 'closed':
      return t('Closed')
    case 'forwarded':
      return t('Forwarded')
    case 'withdrawn':
      return t('Withdrawn')
  }
}
