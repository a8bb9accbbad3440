import type { StaffId } from '#core/lib/ids.ts'

/** Without the words: every published version is kept beside the log. */
export type ScriptEvent =
  | { type: 'scriptSaved'; script: string; steps: number; by: StaffId }
  | { type: 'scriptDraftDiscarded'; script: string; by: StaffId }
  | { type: 'scriptPublished'; script: string; version: number; restored?: number; by: StaffId }
