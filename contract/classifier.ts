/** The classifier as an administrator edits it: a draft, the published version, and those of earlier times. */
import { z } from 'zod'
import { APPEAL_TRACKS } from '#core/appeals/appeal-track.ts'
import { TOPIC_KINDS, TOPICS_MAX } from '#core/knowledge/classifier.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'

const CLASSIFIER_STATUSES = ['draft', 'published', 'retired'] as const
/** Longer than a name may be: what is too long is told by its row. */
const Text = z.string().max(400)
const named = <Name extends string>() => z.string().max(64) as unknown as z.ZodType<Name, Name>

export const TopicNamesIn = z.strictObject({
  uz: Text,
  ru: Text,
  en: z.exactOptional(Text),
  cyrillic: z.exactOptional(Text),
})

/** The shape only; whether it makes sense is for core/knowledge/classifier.ts. */
export const TopicNodeIn = z.strictObject({
  code: named<TopicCode>(),
  names: TopicNamesIn,
  kind: z.enum(TOPIC_KINDS).nullable(),
  queue: named<QueueId>().nullable(),
  track: z.enum(APPEAL_TRACKS).nullable(),
})
export type TopicNodeIn = z.infer<typeof TopicNodeIn>

/** GET /api/classifier lists these, newest first. */
export const ClassifierRow = z.object({
  version: z.number().int(),
  status: z.enum(CLASSIFIER_STATUSES),
  topics: z.number().int(),
  savedAt: z.number(),
  savedByName: z.string().nullable(),
  publishedAt: z.number().nullable(),
  publishedByName: z.string().nullable(),
  /** The older version that this one brought back. */
  restored: z.number().int().nullable(),
})
export type ClassifierRow = z.infer<typeof ClassifierRow>

/** GET /api/classifier/:version. */
export const ClassifierCard = ClassifierRow.extend({ nodes: z.array(TopicNodeIn) })
export type ClassifierCard = z.infer<typeof ClassifierCard>

/** PUT /api/classifier/draft. `basedOn`: when the draft was saved that was changed, null for none; another is not overwritten. */
export const SaveClassifier = z.strictObject({
  basedOn: z.number().nullable(),
  nodes: z.array(TopicNodeIn).max(TOPICS_MAX * 2),
})
export type SaveClassifier = z.infer<typeof SaveClassifier>

/** POST /api/classifier/draft/publish. */
export const PublishClassifier = z.strictObject({ basedOn: z.number() })
