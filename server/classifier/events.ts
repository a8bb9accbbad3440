/** What happened to the classifier. */
import type { StaffId } from '#core/lib/ids.ts'

export type ClassifierEvent =
  | { type: 'classifierSaved'; version: number; topics: number; by: StaffId }
  | { type: 'classifierDraftDiscarded'; version: number; by: StaffId }
  | {
      type: 'classifierPublished'
      version: number
      restored?: number
      added: readonly string[]
      changed: readonly string[]
      removed: readonly string[]
      by: StaffId
    }
