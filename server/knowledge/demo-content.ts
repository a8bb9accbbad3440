/** The classifier and the FAQ of the demo organisation, from the files in demo/, in the words of the database. */
import { z } from 'zod'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { TopicKind } from '#core/knowledge/classifier.ts'
import type { KnowledgeContent } from '#core/knowledge/knowledge-content.ts'
import type { TopicCode } from '#core/lib/ids.ts'
import classifier from './demo/classifier.json' with { type: 'json' }
import faq from './demo/faq.json' with { type: 'json' }
import type { TopicRow } from './store.ts'

/** The letters of the classifier: ariza, shikoyat, taklif; a question (savol) and a report (xabar) are no appeals. */
const KINDS: Readonly<Record<string, TopicKind>> = {
  A: 'application',
  Sh: 'complaint',
  T: 'proposal',
  S: 'consultation',
  X: 'report',
}

/** Of its routes those that are a procedure of their own: the apellyatsiya, and what is confidential. */
const TRACKS: Readonly<Record<string, AppealTrack>> = { APP: 'testScore', SEC: 'trust' }

const Classifier = z.array(
  z.object({
    code: z.string(),
    parent: z.string().nullable(),
    level: z.number(),
    uz: z.string(),
    ru: z.string(),
    defaultKind: z.string().optional(),
    defaultRoute: z.string().optional(),
  }),
)

export function demoTopics(): TopicRow[] {
  return Classifier.parse(classifier).map(({ uz, ru, defaultKind = '', defaultRoute = '', ...topic }) => ({
    ...topic,
    names: { uz, ru },
    defaultKind: KINDS[defaultKind] ?? null,
    track: TRACKS[defaultRoute] ?? null,
  }))
}

/** What stands in a version of each question and answer. */
export function demoFaq() {
  return faq.map(({ code, q_uz, q_ru, a_uz, a_ru, basis }) => ({
    topics: [code as TopicCode],
    content: JSON.stringify({
      uz: { title: q_uz, text: a_uz },
      ru: { title: q_ru, text: a_ru },
    } satisfies KnowledgeContent),
    basis,
  }))
}
