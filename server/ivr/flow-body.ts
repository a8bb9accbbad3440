/** The shape of a flow as it comes from a screen or a file. Whether it makes sense is for core/ivr/check-flow.ts. */
import { z } from 'zod'
import { NODE_NAME } from '#core/ivr/edit-flow.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { asPlainText, asStorableText } from '#core/text/hostile-text.ts'

/** Longer than a text may be, so that a long one is told as a fault of the draft and not cut. */
const STORED_MAX_CHARACTERS = 200_000
const WORD_MAX_CHARACTERS = 64

/** One line of whatever was typed or pasted; what PostgreSQL cannot keep is taken out. */
const Line = z
  .string()
  .max(STORED_MAX_CHARACTERS)
  .transform((text) => asPlainText(text, STORED_MAX_CHARACTERS).text)
const Word = z.string().max(WORD_MAX_CHARACTERS).transform(asStorableText)
const Texts = z.strictObject({ uz: Line, ru: Line })
const Topic = Word.transform((code) => code as TopicCode)
const waits = { waitSeconds: z.number(), repeats: z.number(), onNoInput: Word, onWrongKey: Word }

const Choice = z.strictObject({ key: Word, label: Texts, next: Word, topic: Topic.optional() })
const LanguageChoice = z.strictObject({ key: Word, language: z.enum(CALL_LANGUAGES), text: Line })

const Node = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('announce'),
    texts: Texts,
    next: Word,
    mustBeHeard: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('answer'), next: Word }),
  z.strictObject({
    kind: z.literal('chooseLanguage'),
    choices: z.array(LanguageChoice),
    defaultLanguage: z.enum(CALL_LANGUAGES),
    next: Word,
    ...waits,
  }),
  z.strictObject({
    kind: z.literal('menu'),
    texts: Texts.optional(),
    choices: z.array(Choice),
    closing: Texts.optional(),
    ...waits,
  }),
  z.strictObject({
    kind: z.literal('askDigits'),
    name: Word,
    texts: Texts,
    minDigits: z.number(),
    maxDigits: z.number(),
    personal: z.boolean(),
    next: Word,
    ...waits,
  }),
  z.strictObject({
    kind: z.literal('queue'),
    queue: Word.transform((id) => id as QueueId),
    topic: Topic.optional(),
    priority: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('takeMessage'), texts: Texts }),
  z.strictObject({ kind: z.literal('hangUp'), texts: Texts }),
])

const FlowShape = z.strictObject({
  start: Word,
  languages: z.array(z.enum(CALL_LANGUAGES)),
  operator: Word,
  wrongKey: Texts,
  nodes: z.record(z.string().regex(NODE_NAME), Node),
})

// Absent and undefined are the same here: what zod infers says `| undefined`, JSON knows only absence.
export const FlowBody = FlowShape.transform((body) => JSON.parse(JSON.stringify(body)) as Flow)
