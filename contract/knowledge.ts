/** The classifier, and what agents know: articles, questions and answers, scripts, acts of law. */
import { z } from 'zod'
import { IMPORT_PROBLEMS } from '#core/knowledge/import-rows.ts'
import {
  KNOWLEDGE_KINDS,
  KNOWLEDGE_LANGUAGES,
  KNOWLEDGE_TOPICS_MAX,
} from '#core/knowledge/knowledge-content.ts'
import { KNOWLEDGE_ORDERS, KNOWLEDGE_STATUSES } from '#core/knowledge/knowledge-status.ts'
import type { CallId } from '#core/lib/ids.ts'
import { isDay } from '#core/lib/time.ts'

const Texts = z.object({ uz: z.string(), ru: z.string() })
const TopicCode = z.string().regex(/^\d{2}(\.\d{2}){0,2}$/)

/** In four languages; the last two may be left out. */
const TopicNames = Texts.extend({
  en: z.exactOptional(z.string()),
  cyrillic: z.exactOptional(z.string()),
})

export const Topic = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  level: z.number().int(),
  names: TopicNames,
  defaultKind: z.string().nullable(),
  /** Who answers such questions. */
  queue: z.string().nullable(),
  /** Of an earlier classifier: not chosen any more, and still named. */
  retired: z.boolean(),
})
export type Topic = z.infer<typeof Topic>

export const TITLE_MAX_CHARACTERS = 500
export const TEXT_MAX_CHARACTERS = 100_000
export const BASIS_MAX_CHARACTERS = 500
/** What an integer of the database holds. */
const NUMBER_MAX = 2_147_483_647
const SEARCH_MAX_CHARACTERS = 200

const KnowledgeText = z.object({
  title: z.string().max(TITLE_MAX_CHARACTERS),
  text: z.string().max(TEXT_MAX_CHARACTERS),
})
export const KnowledgeContent = z.object({
  uz: KnowledgeText.optional(),
  ru: KnowledgeText.optional(),
  en: KnowledgeText.optional(),
})
const Day = z.string().refine(isDay, 'a day is written 2026-05-31')
export const Kind = z.enum(KNOWLEDGE_KINDS)
const Person = z.object({ id: z.uuid(), name: z.string() })
/** What was done to a version: when, and by whom unless it came with the system. */
const Done = z.object({ at: z.number(), by: z.string().nullable() }).nullable()

/** Everything about an item that can be changed. */
export const KnowledgeForm = z.object({
  content: KnowledgeContent,
  topics: z.array(TopicCode).max(KNOWLEDGE_TOPICS_MAX),
  basis: z.string().max(BASIS_MAX_CHARACTERS),
  /** Who answers for it; whoever saves it where nobody is named. */
  owner: z.uuid().nullable(),
  validFrom: Day.nullable(),
  validUntil: Day.nullable(),
  /** Every agent has to say that he has read it. */
  mustRead: z.boolean(),
})
export type KnowledgeForm = z.infer<typeof KnowledgeForm>

export const AddKnowledge = z.object({ kind: Kind, form: KnowledgeForm })
export type AddKnowledge = z.infer<typeof AddKnowledge>

/** `basedOn` is the newest version its writer has seen: who saves on top of a newer one is refused. */
export const SaveKnowledge = z.object({ basedOn: z.number().int(), form: KnowledgeForm })
export type SaveKnowledge = z.infer<typeof SaveKnowledge>

export const KnowledgeVersion = KnowledgeForm.omit({ owner: true }).extend({
  version: z.number().int(),
  status: z.enum(KNOWLEDGE_STATUSES),
  owner: Person.nullable(),
  saved: Done,
  approved: Done,
  published: Done,
  ended: Done,
})
export type KnowledgeVersion = z.infer<typeof KnowledgeVersion>

export const KnowledgeCard = z.object({
  id: z.number().int(),
  kind: Kind,
  /** Newest first; whoever only reads sees those that are or were published. */
  versions: z.array(KnowledgeVersion),
})
export type KnowledgeCard = z.infer<typeof KnowledgeCard>

export const KnowledgeRow = z.object({
  id: z.number().int(),
  kind: Kind,
  /** The newest version, and how it stands. */
  version: z.number().int(),
  status: z.enum(KNOWLEDGE_STATUSES),
  publishedVersion: z.number().int().nullable(),
  title: z.string(),
  language: z.enum(KNOWLEDGE_LANGUAGES),
  topics: z.array(z.string()),
  ownerName: z.string().nullable(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  mustRead: z.boolean(),
  savedAt: z.number(),
})
export type KnowledgeRow = z.infer<typeof KnowledgeRow>

export const KnowledgeQuery = z.object({
  search: z.string().max(SEARCH_MAX_CHARACTERS).optional(),
  topic: TopicCode.optional(),
  kind: Kind.optional(),
  status: z.enum(KNOWLEDGE_STATUSES).optional(),
  /** The language of the titles, where there is one. */
  language: z.enum(KNOWLEDGE_LANGUAGES).default('uz'),
  before: z.coerce.number().int().min(1).max(NUMBER_MAX).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type KnowledgeQuery = z.infer<typeof KnowledgeQuery>

export const KnowledgeNumber = z.coerce.number().int().min(1).max(NUMBER_MAX)
export const KnowledgeOrderWord = z.enum(KNOWLEDGE_ORDERS)

/** Somebody who may answer for an item. */
export const KnowledgeOwner = Person
export type KnowledgeOwner = z.infer<typeof KnowledgeOwner>

/** What may be read out to a citizen: published, and in force today. */
export const Answer = z.object({
  id: z.number().int(),
  version: z.number().int(),
  kind: Kind,
  topics: z.array(z.string()),
  /** Long texts are cut here; `isWhole` says so, and the card has the rest. */
  content: KnowledgeContent,
  isWhole: z.boolean(),
})
export type Answer = z.infer<typeof Answer>

export const AnswersQuery = z.object({
  topic: z.string().max(16).optional(),
  search: z.string().max(SEARCH_MAX_CHARACTERS).optional(),
  /** Then what is written in it comes in it alone. */
  language: z.enum(KNOWLEDGE_LANGUAGES).optional(),
})
export type AnswersQuery = z.infer<typeof AnswersQuery>

export const ShownInCall = z.object({ call: z.uuid().transform((id) => id as CallId) })
export const KnowledgeVote = z.object({ useful: z.boolean() })
export const SearchMissed = z.object({ search: z.string().max(SEARCH_MAX_CHARACTERS) })

/** How the published version, or else the newest, is received. */
export const KnowledgeUse = z.object({
  version: z.number().int(),
  useful: z.number().int(),
  notUseful: z.number().int(),
  myVote: z.boolean().nullable(),
  /** In how many calls it was on an agent's screen. */
  calls: z.number().int(),
  mustRead: z.boolean(),
  hasRead: z.boolean(),
  /** The agents, and when each said that he has read it; only for those who may know, and where it must be read. */
  readers: z.array(z.object({ name: z.string(), at: z.number().nullable() })).nullable(),
})
export type KnowledgeUse = z.infer<typeof KnowledgeUse>

/** What agents searched for and did not find. */
export const SearchMiss = z.object({
  id: z.number().int(),
  words: z.string(),
  times: z.number().int(),
  lastAt: z.number(),
})
export type SearchMiss = z.infer<typeof SearchMiss>

/** What an agent had on screen in a call, in the version he saw. */
export const KnowledgeShown = z.object({
  id: z.number().int(),
  version: z.number().int(),
  kind: Kind,
  title: z.string(),
  language: z.enum(KNOWLEDGE_LANGUAGES),
  agentName: z.string(),
  at: z.number(),
})
export type KnowledgeShown = z.infer<typeof KnowledgeShown>

/** Larger tables are sent in pieces: what was added by an earlier one counts as known. */
export const IMPORT_ROWS_MAX = 100

export const ImportRows = z.object({
  rows: z
    .array(z.object({ row: z.number().int(), cells: z.record(z.string().max(100), z.unknown()) }))
    .max(IMPORT_ROWS_MAX),
})
export type ImportRows = z.infer<typeof ImportRows>

export const ImportReport = z.object({
  added: z.array(z.object({ row: z.number().int(), id: z.number().int() })),
  refused: z.array(z.object({ row: z.number().int(), problem: z.enum(IMPORT_PROBLEMS) })),
})
export type ImportReport = z.infer<typeof ImportReport>
