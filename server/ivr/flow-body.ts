/** The shape of a flow as it comes from a screen or a file. Whether it makes sense is for core/ivr/check-flow.ts. */
import { z } from 'zod'
import type { Flow } from '#core/ivr/flow.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'

const Texts = z.strictObject({ uz: z.string(), ru: z.string() })
const Topic = z.string().transform((code) => code as TopicCode)
const waits = { waitSeconds: z.number(), repeats: z.number(), onNoInput: z.string(), onWrongKey: z.string() }

const Choice = z.strictObject({ key: z.string(), label: Texts, next: z.string(), topic: Topic.optional() })
const LanguageChoice = z.strictObject({ key: z.string(), language: z.enum(CALL_LANGUAGES), text: z.string() })

const Node = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('announce'),
    texts: Texts,
    next: z.string(),
    mustBeHeard: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('answer'), next: z.string() }),
  z.strictObject({
    kind: z.literal('chooseLanguage'),
    choices: z.array(LanguageChoice),
    defaultLanguage: z.enum(CALL_LANGUAGES),
    next: z.string(),
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
    name: z.string(),
    texts: Texts,
    minDigits: z.number(),
    maxDigits: z.number(),
    personal: z.boolean(),
    next: z.string(),
    ...waits,
  }),
  z.strictObject({
    kind: z.literal('queue'),
    queue: z.string().transform((id) => id as QueueId),
    topic: Topic.optional(),
    priority: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('takeMessage'), texts: Texts }),
  z.strictObject({ kind: z.literal('hangUp'), texts: Texts }),
])

const FlowShape = z.strictObject({
  start: z.string(),
  languages: z.array(z.enum(CALL_LANGUAGES)),
  operator: z.string(),
  wrongKey: Texts,
  nodes: z.record(z.string().min(1).max(64), Node),
})

// Absent and undefined are the same here: what zod infers says `| undefined`, JSON knows only absence.
export const FlowBody = FlowShape.transform((body) => JSON.parse(JSON.stringify(body)) as Flow)
