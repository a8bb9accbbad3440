/** What courses need from outside: the articles they are made of, and the queues that require them. */
import type { KnowledgeContent, KnowledgeKind } from '#core/knowledge/knowledge-content.ts'
import type { CourseId, KnowledgeItemId, QueueId, StaffId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'

/** Of what is published, or else of the newest version; `version` is nothing where none is published. */
export type ItemNow = {
  readonly version: number | null
  readonly kind: KnowledgeKind
  readonly content: KnowledgeContent
}

export type Articles = {
  now(items: readonly KnowledgeItemId[]): Promise<ReadonlyMap<KnowledgeItemId, ItemNow>>
  /** As `item version`: what this reader said that he has read. */
  readBy(staff: StaffId, items: readonly KnowledgeItemId[]): Promise<ReadonlySet<string>>
}

export type RequiringQueue = {
  readonly queue: QueueId
  readonly names: Texts
  readonly courses: readonly CourseId[]
}
