/**
 * The classifier in versions: one draft, one that is published, and those of earlier times. A draft may have faults,
 * for its author to see; what is published has none. A call keeps the version its topics were chosen from, so a report
 * of an old month has the tree of that month.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { ClassifierCard, ClassifierRow, SaveClassifier } from '#contract/classifier.ts'
import { checkClassifier, classifierChanges, inOrder, type TopicNode } from '#core/knowledge/classifier.ts'
import type { QueueId, StaffId, TopicCode } from '#core/lib/ids.ts'
import { settingProblem } from '#core/lib/setting-problems.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { ClassifierEvent } from './events.ts'
import {
  deleteDraft,
  findNodes,
  insertClassifier,
  type Kept,
  listClassifiers,
  lockClassifier,
  newestVersion,
  publishDraft,
  putTopics,
  retirePublished,
  topicNodes,
  updateDraft,
} from './store.ts'

type Trx = Transaction<Database>

/** Longer than a name may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 400

export type ClassifierDeps = {
  db: Kysely<Database>
  log: Logger
  now?: () => number
  queues(): Promise<readonly QueueId[]>
  /** Told after a version is published: topics are chosen from it from now on. */
  published(): Promise<void>
}

export type ClassifierService = ReturnType<typeof classifierService>

export function classifierService(deps: ClassifierDeps) {
  const { db, now = Date.now } = deps
  const changing = changingOf(db)
  const others: Others = { given: () => [], told: [] }

  async function card(version: number): Promise<ClassifierCard> {
    const row = (await listClassifiers(db)).find((one) => one.version === version)
    if (!row) throw new Refusal('notFound', `No version ${version} of the classifier`)
    return { ...row, nodes: await findNodes(db, version) }
  }

  return {
    list: (): Promise<ClassifierRow[]> => listClassifiers(db),
    card,

    async saveDraft({ basedOn, nodes: asked }: SaveClassifier, by: StaffId): Promise<ClassifierCard> {
      const nodes = inOrder(asked.map(cleaned))
      const at = new Date(now())
      const saved = await changing(async (trx, kept) => {
        const draft = kept.find(({ status }) => status === 'draft')
        if ((draft?.savedAt ?? null) !== basedOn)
          throw new Refusal('changedMeanwhile', 'Somebody else has saved a draft')
        const version = draft?.version ?? (await newestVersion(trx)) + 1
        if (draft) await updateDraft(trx, { nodes, by, at })
        else await insertClassifier(trx, { version, status: 'draft', nodes, by, at })
        await record<ClassifierEvent>(trx, { type: 'classifierSaved', version, topics: nodes.length, by })
        return version
      })
      return await card(saved)
    },

    async discardDraft(by: StaffId): Promise<ClassifierRow[]> {
      await changing(async (trx, kept) => {
        const { version } = draftIn(kept)
        await deleteDraft(trx)
        await record<ClassifierEvent>(trx, { type: 'classifierDraftDiscarded', version, by })
      })
      return await listClassifiers(db)
    },

    ...publishing(deps, others),

    /** Of what callers get by the menu no topic is withdrawn. */
    givenBy: (given: Others['given']): void => void Object.assign(others, { given }),

    onPublished: (told: () => void): void => void others.told.push(told),
  }
}

/** Who else has to do with what is published. */
type Others = { given: () => readonly TopicCode[]; told: (() => void)[] }

type Changing = ReturnType<typeof changingOf>

/** One change at a time, with the versions as they are before it. */
function changingOf(db: Kysely<Database>) {
  return async <Done>(change: (trx: Trx, kept: readonly Kept[]) => Promise<Done>): Promise<Done> =>
    await db.transaction().execute(async (trx) => {
      await lockClassifier(trx)
      return await change(trx, await listClassifiers(trx))
    })
}

function publishing({ db, log, now = Date.now, queues, published }: ClassifierDeps, others: Others) {
  const changing: Changing = changingOf(db)

  async function refuseFaults(nodes: readonly TopicNode[], held: readonly TopicNode[]): Promise<void> {
    const isOf = (some: readonly TopicNode[], topic: TopicCode) => some.some(({ code }) => code === topic)
    const needed = [...new Set(others.given())].filter((code) => isOf(held, code) && !isOf(nodes, code))
    const problems = [
      ...checkClassifier(nodes, { queues: await queues() }),
      ...needed.map((code) => settingProblem(code, 'flowLeadsHere', { field: 'code' })),
    ]
    if (problems.length > 0) throw new SettingsHaveProblems(problems)
  }

  async function told(version: number, by: StaffId): Promise<ClassifierRow[]> {
    log.info({ version, by }, 'a classifier was published')
    await published()
    for (const tell of others.told) tell()
    return await listClassifiers(db)
  }

  return {
    /** `basedOn`: when the draft was saved that its publisher has seen. */
    async publish(basedOn: number, by: StaffId): Promise<ClassifierRow[]> {
      const done = await changing(async (trx, kept) => {
        const { version, savedAt } = draftIn(kept)
        if (savedAt !== basedOn) throw new Refusal('changedMeanwhile', 'The draft was saved anew')
        const nodes = await findNodes(trx, version)
        await refuseFaults(nodes, await heldIn(trx, kept))
        await retirePublished(trx)
        await publishDraft(trx, by, new Date(now()))
        await takeEffect(trx, { version, nodes, kept, by })
        return version
      })
      return await told(done, by)
    },

    /** The way back from a mistake: an older version as the newest one, if it still makes sense. */
    async restore(restored: number, by: StaffId): Promise<ClassifierRow[]> {
      const done = await changing(async (trx, kept) => {
        if (!kept.some((one) => one.version === restored && one.status === 'retired'))
          throw new Refusal('notFound', `No retired version ${restored} of the classifier`)
        const nodes = await findNodes(trx, restored)
        await refuseFaults(nodes, await heldIn(trx, kept))
        const version = (await newestVersion(trx)) + 1
        const at = new Date(now())
        await retirePublished(trx)
        await insertClassifier(trx, { version, status: 'published', nodes, by, restored, at })
        await takeEffect(trx, { version, nodes, kept, by, restored })
        return version
      })
      return await told(done, by)
    },
  }
}

type Effect = {
  version: number
  nodes: readonly TopicNode[]
  kept: readonly Kept[]
  by: StaffId
  restored?: number
}

async function takeEffect(trx: Trx, { version, nodes, kept, by, restored }: Effect): Promise<void> {
  const before = await heldIn(trx, kept)
  await putTopics(trx, nodes)
  const why = restored === undefined ? {} : { restored }
  const changes = classifierChanges(before, nodes)
  await record<ClassifierEvent>(trx, { type: 'classifierPublished', version, ...why, ...changes, by })
}

/** What has held until now. */
async function heldIn(trx: Trx, kept: readonly Kept[]): Promise<TopicNode[]> {
  const last = kept.find(({ status }) => status === 'published')
  return last ? await findNodes(trx, last.version) : []
}

function draftIn(kept: readonly Kept[]): Kept {
  const draft = kept.find(({ status }) => status === 'draft')
  if (!draft) throw new Refusal('notFound', 'There is no draft of the classifier')
  return draft
}

/** Names are one line of text; an empty one of a language that may be left out is left out. */
function cleaned({ code, names, kind, queue, track }: SaveClassifier['nodes'][number]): TopicNode {
  const plain = (text: string) => asPlainText(text, CLEANED_CHARACTERS).text.trim()
  const [en, cyrillic] = [plain(names.en ?? ''), plain(names.cyrillic ?? '')]
  return {
    code,
    names: { uz: plain(names.uz), ru: plain(names.ru), ...(en && { en }), ...(cyrillic && { cyrillic }) },
    kind,
    queue,
    track,
  }
}

/** Topics that were put into the database some other way become the first version. */
export async function adoptTopics(trx: Trx): Promise<void> {
  const nodes = await topicNodes(trx)
  if (nodes.length === 0 || (await newestVersion(trx)) > 0) return
  await insertClassifier(trx, { version: 1, status: 'published', nodes, by: undefined, at: new Date() })
}
