import type { KnowledgeStatus } from '#core/knowledge/knowledge-status.ts'
import type { KnowledgeItemId, StaffId } from '#core/lib/ids.ts'

/** Without the text: every version is kept beside the log. */
export type KnowledgeEvent =
  | { type: 'knowledgeSaved'; item: KnowledgeItemId; version: number; by?: StaffId }
  | { type: 'knowledgeMoved'; item: KnowledgeItemId; version: number; to: KnowledgeStatus; by: StaffId }
