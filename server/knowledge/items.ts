/**
 * Articles, questions and answers, scripts and acts of law: saved in versions, moved through their life, listed, found.
 *
 * What must hold: a version that was saved is never written over; of an item at most one version is published; what is
 * found is what is published, from the same transaction on; who only reads never sees what is not published.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type {
  AddKnowledge,
  Answer,
  AnswersQuery,
  KnowledgeCard,
  KnowledgeForm,
  KnowledgeQuery,
  KnowledgeRow,
  SaveKnowledge,
} from '#contract/knowledge.ts'
import {
  contentProblem,
  KNOWLEDGE_LANGUAGES,
  type KnowledgeContent,
  type KnowledgeText,
  writtenIn,
} from '#core/knowledge/knowledge-content.ts'
import {
  isBeingWorkedOn,
  KNOWLEDGE_MOVES,
  type KnowledgeOrder,
  mayOrder,
} from '#core/knowledge/knowledge-status.ts'
import type { KnowledgeItemId, StaffId, TopicCode } from '#core/lib/ids.ts'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import { may, type Role, ROLES } from '#core/staff/permissions.ts'
import { asPlainText, asStorableText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import type { KnowledgeEvent } from './events.ts'
import {
  findKind,
  findPublished,
  findStatus,
  insertItem,
  insertVersion,
  listAnswers,
  listItems,
  listOwners,
  listVersions,
  lockItem,
  namesOfStaff,
  newestStatus,
  putStatus,
  staffExists,
} from './item-store.ts'
import { findMeant, keepWords, versionToFind } from './search.ts'

const OWNERS = ROLES.filter(worksOnIt)
const TITLE_MAX_CHARACTERS = 500
const ANSWERS_MAX = 50
const FOUND_ANSWERS_MAX = 20
/** As much as anybody reads out; the card has the rest. */
const ANSWER_TEXT_MAX_CHARACTERS = 6_000

export type ItemServiceDeps = {
  db: Kysely<Database>
  log: Logger
  unknownTopics(codes: readonly string[]): string[]
  now?: () => Instant
}

/** Who reads or works: an editor writes, an officer approves, the others read. */
export type Reader = Pick<SignedInStaff, 'id' | 'role'>

export type ItemService = ReturnType<typeof itemService>

export function itemService({ db, log, unknownTopics, now = Date.now }: ItemServiceDeps) {
  async function card(id: KnowledgeItemId, reader: Reader): Promise<KnowledgeCard> {
    const kind = await findKind(db, id)
    const versions = kind ? await listVersions(db, id, worksOnIt(reader.role) ? 'all' : 'published') : []
    if (!kind || versions.length === 0) throw new Refusal('notFound', `No knowledge item ${id}`)
    return { id, kind, versions: await withNames(db, versions) }
  }

  return {
    card,

    async add({ kind, form }: AddKnowledge, by: Reader): Promise<KnowledgeCard> {
      const id = await db.transaction().execute(async (trx) => {
        const item = await insertItem(trx, kind)
        await saveVersion(trx, { item, version: 1, form: await checked(trx, form, unknownTopics), by: by.id })
        return item
      })
      log.info({ item: id, version: 1, staff: by.id }, 'knowledge saved')
      return await card(id, by)
    },

    async save(item: KnowledgeItemId, { basedOn, form }: SaveKnowledge, by: Reader): Promise<KnowledgeCard> {
      await db.transaction().execute(async (trx) => {
        if (!(await lockItem(trx, item))) throw new Refusal('notFound', `No knowledge item ${item}`)
        const newest = await newestStatus(trx, item)
        if (newest.version !== basedOn)
          throw new Refusal('changedMeanwhile', `Item ${item} has version ${newest.version}, not ${basedOn}`)
        if (isBeingWorkedOn(newest.status))
          await putStatus(trx, { item, version: newest.version }, 'replaced', by.id)
        await saveVersion(trx, {
          item,
          version: newest.version + 1,
          form: await checked(trx, form, unknownTopics),
          by: by.id,
        })
      })
      log.info({ item, version: basedOn + 1, staff: by.id }, 'knowledge saved')
      return await card(item, by)
    },

    async order(
      { item, version }: { item: KnowledgeItemId; version: number },
      order: KnowledgeOrder,
      by: Reader,
    ): Promise<KnowledgeCard> {
      if (!mayOrder(by.role, order)) throw new Refusal('notAllowed', `${by.role} may not ${order} knowledge`)
      await db.transaction().execute((trx) => move(trx, { item, version }, order, by.id))
      log.info({ item, version, order, staff: by.id }, 'knowledge moved')
      return await card(item, by)
    },

    async list(query: KnowledgeQuery, reader: Reader): Promise<KnowledgeRow[]> {
      const { search = '', language, ...filter } = query
      const meant = await findMeant(db, search)
      if (!meant && search.trim() !== '') return []
      const which = worksOnIt(reader.role) ? ('newest' as const) : ('published' as const)
      const rows = await listItems(db, { ...filter, which, meant })
      return rows.map((row) => rowOf(row, language))
    },

    /** Those who may answer for an item: who writes, and who approves. */
    owners: () => listOwners(db, OWNERS),

    ...answersIn(db, now),
  }
}

/** What is published and in force, with its text. */
function answersIn(db: Kysely<Database>, now: () => Instant) {
  const inForce = () => ({ which: 'published', inForceOn: tashkentDay(now()) }) as const

  async function find(search: string, filter: { kind?: 'faq' } & Pick<AnswersQuery, 'topic' | 'language'>) {
    const meant = await findMeant(db, search)
    if (!meant && search.trim() !== '') return []
    const limit = meant ? FOUND_ANSWERS_MAX : ANSWERS_MAX
    return await listAnswers(db, { ...inForce(), ...filter, meant, limit })
  }

  return {
    /** What every agent has to say that he has read, and this reader has not said yet. */
    async toReadBy(reader: StaffId): Promise<Answer[]> {
      const rows = await listAnswers(db, { ...inForce(), toReadBy: reader, limit: ANSWERS_MAX })
      return rows.map(answerOf)
    },

    /** For citizens: only questions and answers; articles and scripts are written for those who work here. */
    answersForCitizens: async (search: string): Promise<KnowledgeContent[]> =>
      (await find(search, { kind: 'faq' })).map(({ content }) => content),

    answers: async ({ search = '', topic, language }: AnswersQuery): Promise<Answer[]> =>
      (await find(search, { topic: topic || undefined, language })).map(answerOf),
  }
}

function worksOnIt(role: Role): boolean {
  return may(role, 'editKnowledge') || may(role, 'approveKnowledge')
}

type VersionToSave = { item: KnowledgeItemId; version: number; form: KnowledgeForm; by: StaffId }

async function saveVersion(trx: Transaction<Database>, { item, version, form, by }: VersionToSave) {
  await insertVersion(trx, {
    item,
    version,
    status: 'draft',
    content: JSON.stringify(form.content),
    topics: form.topics as TopicCode[],
    basis: form.basis,
    owner: (form.owner as StaffId | null) ?? by,
    valid_from: form.validFrom,
    valid_until: form.validUntil,
    must_read: form.mustRead,
    saved_by: by,
  })
  await keepWords(trx, item, await versionToFind(trx, item))
  await record<KnowledgeEvent>(trx, { type: 'knowledgeSaved', item, version, by })
}

async function move(
  trx: Transaction<Database>,
  { item, version }: { item: KnowledgeItemId; version: number },
  order: KnowledgeOrder,
  by: StaffId,
): Promise<void> {
  const found = (await lockItem(trx, item)) ? await findStatus(trx, item, version) : undefined
  if (!found) throw new Refusal('notFound', `No version ${version} of knowledge item ${item}`)
  const to = KNOWLEDGE_MOVES[found.status][order]
  if (!to) throw new Refusal('wrongStatus', `Version ${version} of item ${item} is ${found.status}`)
  const published = to === 'published' ? await findPublished(trx, item) : undefined
  if (published) await putStatus(trx, { item, version: published.version }, 'replaced', by)
  await putStatus(trx, { item, version }, to, by)
  await keepWords(trx, item, await versionToFind(trx, item))
  await record<KnowledgeEvent>(trx, { type: 'knowledgeMoved', item, version, to, by })
}

/** As it is stored, or a refusal: the text stays as it was written, a title is one line. */
async function checked(
  trx: Transaction<Database>,
  form: KnowledgeForm,
  unknownTopics: ItemServiceDeps['unknownTopics'],
): Promise<KnowledgeForm> {
  const stored = {
    ...form,
    content: storable(form.content),
    basis: asStorableText(form.basis),
    topics: [...new Set(form.topics)],
  }
  const problem = contentProblem(stored)
  if (problem) throw new Refusal('badInput', problem)
  const unknown = unknownTopics(stored.topics)
  if (unknown.length > 0) throw new Refusal('badInput', `topics: there is no ${unknown.join(', ')}`)
  if (stored.owner && !(await staffExists(trx, stored.owner as StaffId)))
    throw new Refusal('badInput', `owner: there is no ${stored.owner}`)
  return stored
}

export function storable(content: KnowledgeContent): KnowledgeContent {
  const kept = KNOWLEDGE_LANGUAGES.flatMap((language): [string, KnowledgeText][] => {
    const written = content[language]
    if (!written || (written.title.trim() === '' && written.text.trim() === '')) return []
    const title = asPlainText(written.title, TITLE_MAX_CHARACTERS).text.trim()
    return [[language, { title, text: asStorableText(written.text) }]]
  })
  return Object.fromEntries(kept)
}

type VersionRow = Awaited<ReturnType<typeof listVersions>>[number]

async function withNames(
  db: Kysely<Database>,
  rows: readonly VersionRow[],
): Promise<KnowledgeCard['versions']> {
  const people = rows.flatMap((row) => [
    row.owner,
    row.saved_by,
    row.approved_by,
    row.published_by,
    row.ended_by,
  ])
  const names = await namesOfStaff(db, [...new Set(people.filter((id) => id !== null))])
  const done = (at: Date | null, by: StaffId | null) =>
    at && { at: at.getTime(), by: by && (names.get(by) ?? null) }
  return rows.map((row) => ({
    version: row.version,
    status: row.status,
    content: row.content,
    topics: row.topics,
    basis: row.basis,
    owner: row.owner && { id: row.owner, name: names.get(row.owner) ?? '' },
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    mustRead: row.must_read,
    saved: done(row.saved_at, row.saved_by),
    approved: done(row.approved_at, row.approved_by),
    published: done(row.published_at, row.published_by),
    ended: done(row.ended_at, row.ended_by),
  }))
}

type ListedRow = Awaited<ReturnType<typeof listItems>>[number]

function rowOf(row: ListedRow, wanted: KnowledgeQuery['language']): KnowledgeRow {
  const titles = Object.fromEntries(
    KNOWLEDGE_LANGUAGES.flatMap((language) => {
      const title = row.titles[language]
      return typeof title === 'string' ? [[language, { title, text: '' }]] : []
    }),
  )
  const { title, language } = writtenIn(titles, wanted) ?? { title: '', language: wanted }
  return {
    id: row.id,
    kind: row.kind,
    version: row.version,
    status: row.status,
    publishedVersion: row.published_version,
    title,
    language,
    topics: row.topics,
    ownerName: row.owner_name,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    mustRead: row.must_read,
    savedAt: row.saved_at.getTime(),
  }
}

type AnswerRow = Awaited<ReturnType<typeof listAnswers>>[number]

function answerOf({ id, version, kind, topics, content }: AnswerRow): Answer {
  const written = KNOWLEDGE_LANGUAGES.flatMap((language) => {
    const text = content[language]
    return text ? [{ language, ...text }] : []
  })
  const cut = written.map(({ language, title, text }) => [
    language,
    { title, text: text.slice(0, ANSWER_TEXT_MAX_CHARACTERS).toWellFormed() },
  ])
  const isWhole = written.every(({ text }) => text.length <= ANSWER_TEXT_MAX_CHARACTERS)
  return { id, version, kind, topics, content: Object.fromEntries(cut) as KnowledgeContent, isWhole }
}
