/** What happened to the settings of queues and to skills. Levels of agents are told by the staff module. */
import type { QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'

export type QueuesEvent =
  | { type: 'queueAdded'; queue: QueueId; names: Texts; by: StaffId }
  | { type: 'queueRenamed'; queue: QueueId; from: Texts; to: Texts; by: StaffId }
  /** With whoever served it. */
  | { type: 'queueRetired'; queue: QueueId; agents: readonly StaffId[]; by: StaffId }
  | { type: 'queueReopened'; queue: QueueId; by: StaffId }
  | {
      type: 'queueAgentsChanged'
      queue: QueueId
      add: readonly StaffId[]
      remove: readonly StaffId[]
      by: StaffId
    }
  | { type: 'queueSettingsSaved'; queue: QueueId; version: number; restored?: number; by?: StaffId }
  | { type: 'skillAdded'; skill: SkillId; by?: StaffId }
  /** With whoever had it. */
  | { type: 'skillRemoved'; skill: SkillId; levels: Readonly<Record<StaffId, number>>; by: StaffId }
