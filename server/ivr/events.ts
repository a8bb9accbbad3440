/** What happened to flows and prompts: recorded in the transaction of the change. */
import type { InformationText } from '#core/ivr/waiting-information.ts'
import type { FlowId, QueueId, StaffId } from '#core/lib/ids.ts'

export type IvrEvent =
  | { type: 'flowSaved'; flow: FlowId; version: number; by?: StaffId }
  | { type: 'flowDraftDiscarded'; flow: FlowId; version: number; by: StaffId }
  | { type: 'flowPublished'; flow: FlowId; version: number; restored?: number; by?: StaffId }
  /** Calls walk it from a moment that lies ahead, in milliseconds since the epoch. */
  | { type: 'flowScheduled'; flow: FlowId; version: number; from: number; restored?: number; by: StaffId }
  | { type: 'flowTookEffect'; flow: FlowId; version: number }
  | { type: 'flowWithdrawn'; flow: FlowId; version: number; by: StaffId }
  | { type: 'promptUploaded'; prompt: string; seconds: number; by: StaffId }
  | { type: 'promptReset'; prompt: string; seconds: number; by: StaffId }
  | { type: 'informationChanged'; queue: QueueId; by: StaffId; texts: readonly InformationText[] }
