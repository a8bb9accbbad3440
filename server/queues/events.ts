/** What happened to the settings of queues and to skills. Levels of agents are told by the staff module. */
import type { QueueId, SkillId, StaffId } from '#core/lib/ids.ts'

export type QueuesEvent =
  | { type: 'queueSettingsSaved'; queue: QueueId; version: number; restored?: number; by?: StaffId }
  | { type: 'skillAdded'; skill: SkillId; by?: StaffId }
  /** With whoever had it. */
  | { type: 'skillRemoved'; skill: SkillId; levels: Readonly<Record<StaffId, number>>; by: StaffId }
