/**
 * What becomes of knowledge: which version an agent had on screen in which call, whether it helped, who has read what
 * must be read, and what was searched for in vain.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Answer, KnowledgeShown, KnowledgeUse, SearchMiss } from '#contract/knowledge.ts'
import { writtenIn } from '#core/knowledge/knowledge-content.ts'
import { missOf } from '#core/knowledge/search-misses.ts'
import type { AgentId, CallId, KnowledgeItemId } from '#core/lib/ids.ts'
import { may } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { ItemService, Reader } from './items.ts'
import {
  deleteMiss,
  findPart,
  findUse,
  insertReading,
  insertShown,
  listMisses,
  listReaders,
  listShown,
  putMiss,
  putVote,
  type VersionId,
  wasPublished,
} from './use-store.ts'

export type KnowledgeUseDeps = { db: Kysely<Database>; log: Logger; items: ItemService }

export type KnowledgeUseService = ReturnType<typeof knowledgeUse>

export function knowledgeUse({ db, log, items }: KnowledgeUseDeps) {
  async function mustBePublished(id: VersionId): Promise<void> {
    if (!(await wasPublished(db, id)))
      throw new Refusal('notFound', `Version ${id.version} of knowledge item ${id.item} was never published`)
  }

  async function mustSeeCall(call: CallId, reader: Reader, seesAll: boolean): Promise<void> {
    const hasPart = await findPart(db, call, reader.id)
    if (hasPart === undefined) throw new Refusal('notFound', `No call ${call}`)
    if (!hasPart && !seesAll) throw new Refusal('notAllowed', `Call ${call} was another agent's`)
  }

  return {
    /** In the agent's own call; told twice, it is kept once. */
    async shown(id: VersionId, call: CallId, agent: Reader): Promise<void> {
      await mustBePublished(id)
      await mustSeeCall(call, agent, false)
      await insertShown(db, call, agent.id as AgentId, id)
    },

    async ofCall(call: CallId, reader: Reader): Promise<KnowledgeShown[]> {
      await mustSeeCall(call, reader, may(reader.role, 'seeAllCalls'))
      return (await listShown(db, call)).map(shownOf)
    },

    async vote(id: VersionId, useful: boolean, by: Reader): Promise<void> {
      await mustBePublished(id)
      await putVote(db, by.id, id, useful)
    },

    async acknowledge(id: VersionId, by: Reader): Promise<void> {
      await mustBePublished(id)
      await insertReading(db, by.id, id)
      log.info({ ...id, staff: by.id }, 'knowledge read')
    },

    /** What this reader still has to read. */
    toRead: (reader: Reader): Promise<Answer[]> => items.toReadBy(reader.id),

    async of(item: KnowledgeItemId, reader: Reader): Promise<KnowledgeUse> {
      const row = await findUse(db, item, reader.id)
      if (!row) throw new Refusal('notFound', `No knowledge item ${item}`)
      const mayKnow = may(reader.role, 'editKnowledge') || may(reader.role, 'approveKnowledge')
      const isAsked = row.must_read && row.status === 'published'
      const readers = mayKnow && isAsked ? await listReaders(db, { item, version: row.version }) : null
      return {
        version: row.version,
        useful: row.useful,
        notUseful: row.not_useful,
        myVote: row.my_vote,
        calls: row.calls,
        mustRead: isAsked,
        hasRead: row.has_read,
        readers: readers && readers.map(({ name, read_at }) => ({ name, at: read_at && read_at.getTime() })),
      }
    },

    /** Kept only if it is true: what finds something now is no miss. */
    async missed(search: string): Promise<void> {
      const miss = missOf(search)
      if (miss && (await items.answers({ search })).length === 0) await putMiss(db, miss)
    },

    async misses(): Promise<SearchMiss[]> {
      return (await listMisses(db)).map(({ last_at, ...miss }) => ({ ...miss, lastAt: last_at.getTime() }))
    },

    async dealWithMiss(id: number): Promise<void> {
      if (!(await deleteMiss(db, id))) throw new Refusal('notFound', `No miss ${id}`)
    },
  }
}

function shownOf(row: Awaited<ReturnType<typeof listShown>>[number]): KnowledgeShown {
  const { title, language } = writtenIn(row.content, 'uz') ?? { title: '', language: 'uz' as const }
  return {
    id: row.item,
    version: row.version,
    kind: row.kind,
    title,
    language,
    agentName: row.name,
    at: row.shown_at.getTime(),
  }
}
