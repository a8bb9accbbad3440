/** Articles and questions of the make-believe server: their life goes by the very rules of the real one. */
import { z } from 'zod'
import {
  AddKnowledge,
  Answer,
  ImportReport,
  ImportRows,
  KnowledgeCard,
  type KnowledgeForm,
  KnowledgeOrderWord,
  KnowledgeRow,
  type KnowledgeVersion,
  SaveKnowledge,
  type SearchMiss,
} from '#contract/knowledge.ts'
import type { Me } from '#contract/staff.ts'
import { readImportedRow, titleKeys } from '#core/knowledge/import-rows.ts'
import {
  type KnowledgeContent,
  type KnowledgeLanguage,
  writtenIn,
} from '#core/knowledge/knowledge-content.ts'
import { isBeingWorkedOn, KNOWLEDGE_MOVES, mayOrder } from '#core/knowledge/knowledge-status.ts'
import { searchKey } from '#core/text/search-key.ts'
import { FAQ, STAFF, TOPICS } from './mock-data.ts'
import { Refused } from './mock-refused.ts'

const PUBLISHED_AT = 1_790_000_000_000

export type MockKnowledge = ReturnType<typeof mockKnowledge>
export type Asked = {
  world: { knowledge: MockKnowledge; staff: Me[] }
  me: Me
  path: string[]
  query: URLSearchParams
  body: unknown
}

export function mockKnowledge() {
  const cards: KnowledgeCard[] = FAQ.map(({ id, kind, topics, content }) => ({
    id,
    kind,
    versions: [
      {
        ...versionOf({ ...EMPTY, content, topics }, 1, undefined),
        status: 'published',
        published: { at: PUBLISHED_AT, by: null },
      },
    ],
  }))
  return {
    cards,
    shown: [] as { call: string; id: number; version: number; agent: string; at: number }[],
    votes: [] as { id: number; version: number; staff: string; useful: boolean }[],
    read: [] as { id: number; version: number; staff: string }[],
    misses: [] as SearchMiss[],
  }
}

const EMPTY: KnowledgeForm = {
  content: {},
  topics: [],
  basis: '',
  owner: null,
  validFrom: null,
  validUntil: null,
  mustRead: false,
}

function versionOf(form: KnowledgeForm, version: number, by: Me | undefined): KnowledgeVersion {
  return {
    ...form,
    version,
    status: 'draft',
    owner: ownerOf(form.owner ?? by?.id),
    saved: { at: by ? Date.now() : PUBLISHED_AT, by: by?.name ?? null },
    approved: null,
    published: null,
    ended: null,
  }
}

function ownerOf(id: string | undefined): KnowledgeVersion['owner'] {
  const owner = STAFF.find((one) => one.id === id)
  return owner ? { id: owner.id, name: owner.name } : null
}

const worksOnIt = (me: Me) => me.may.includes('editKnowledge') || me.may.includes('approveKnowledge')

function cardOf({ world, path }: Pick<Asked, 'world' | 'path'>): KnowledgeCard {
  const card = world.knowledge.cards.find(({ id }) => String(id) === path[1])
  if (!card) throw new Refused('notFound')
  return card
}

/** As the real one shows it to this reader. */
function shown(card: KnowledgeCard, me: Me): KnowledgeCard {
  const versions = card.versions.filter(({ published }) => published || worksOnIt(me))
  if (versions.length === 0) throw new Refused('notFound')
  return KnowledgeCard.parse({ ...card, versions })
}

const says = ({ content }: { content: Answer['content'] }, search: string) =>
  searchKey(
    Object.values(content)
      .map((written) => `${written?.title} ${written?.text}`)
      .join(' '),
  ).includes(searchKey(search))

function rowOf(card: KnowledgeCard, me: Me, wanted: KnowledgeLanguage): KnowledgeRow[] {
  const version = card.versions.find(({ status }) => status === 'published' || worksOnIt(me))
  if (!version) return []
  const { title, language } = writtenIn(version.content, wanted) ?? { title: '', language: 'uz' }
  const { status, topics, validFrom, validUntil, mustRead } = version
  return [
    {
      ...{ id: card.id, kind: card.kind, version: version.version, title, language },
      ...{ status, topics, validFrom, validUntil, mustRead },
      publishedVersion: card.versions.find((one) => one.status === 'published')?.version ?? null,
      ownerName: version.owner?.name ?? null,
      savedAt: version.saved?.at ?? 0,
    },
  ]
}

function addCard(
  world: Asked['world'],
  kind: KnowledgeCard['kind'],
  form: KnowledgeForm,
  me: Me,
): KnowledgeCard {
  const id = Math.max(0, ...world.knowledge.cards.map((card) => card.id)) + 1
  const card = { id, kind, versions: [versionOf(form, 1, me)] }
  world.knowledge.cards.push(card)
  return card
}

function end(version: KnowledgeVersion | undefined, status: 'replaced' | 'withdrawn', me: Me): void {
  if (version) Object.assign(version, { status, ended: { at: Date.now(), by: me.name } })
}

function order({ world, me, path }: Asked): KnowledgeCard {
  const card = cardOf({ world, path })
  const version = card.versions.find((one) => String(one.version) === path[3])
  const word = KnowledgeOrderWord.parse(path[4])
  if (!version) throw new Refused('notFound')
  if (!mayOrder(me.role, word)) throw new Refused('notAllowed')
  const to = KNOWLEDGE_MOVES[version.status][word]
  if (!to) throw new Refused('wrongStatus')
  if (to === 'published')
    end(
      card.versions.find(({ status }) => status === 'published'),
      'replaced',
      me,
    )
  const done = { at: Date.now(), by: me.name }
  if (to === 'withdrawn') end(version, 'withdrawn', me)
  else
    Object.assign(version, {
      status: to,
      [to === 'published' ? 'published' : 'approved']: to === 'draft' ? null : done,
    })
  return shown(card, me)
}

const contentIn = (content: KnowledgeContent, language: KnowledgeLanguage): KnowledgeContent =>
  content[language] ? { [language]: content[language] } : content

export const KNOWLEDGE = {
  'GET /knowledge/answers': ({ world, query }: Asked) => {
    const [topic, search] = [query.get('topic') ?? '', query.get('search') ?? '']
    const language = query.get('language') as KnowledgeLanguage
    const published = world.knowledge.cards.flatMap(({ id, kind, versions }) =>
      versions
        .filter(({ status }) => status === 'published')
        .map(({ version, topics, content }) => ({
          id,
          kind,
          version,
          topics,
          content: contentIn(content, language),
          isWhole: true,
        })),
    )
    return z
      .array(Answer)
      .parse(
        published.filter((one) => one.topics.some((code) => code.startsWith(topic)) && says(one, search)),
      )
  },
  'GET /knowledge/owners': ({ world }: Asked) =>
    world.staff
      .filter(({ may }) => may.includes('editKnowledge') || may.includes('approveKnowledge'))
      .map(({ id, name }) => ({ id, name })),
  'GET /knowledge': ({ world, me, query }: Asked) => {
    const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY)
    const wanted = (name: 'kind' | 'status', value: string) => (query.get(name) ?? value) === value
    const rows = world.knowledge.cards
      .filter((card) => card.id < before && card.versions.some((one) => says(one, query.get('search') ?? '')))
      .flatMap((card) => rowOf(card, me, (query.get('language') ?? 'uz') as KnowledgeLanguage))
      .filter(({ kind, status }) => wanted('kind', kind) && wanted('status', status))
      .sort((one, other) => other.id - one.id)
    return z.array(KnowledgeRow).parse(rows.slice(0, Number(query.get('limit') ?? 50)))
  },
  'GET /knowledge/:id': (asked: Asked) => shown(cardOf(asked), asked.me),
  'POST /knowledge': ({ world, me, body }: Asked) => {
    const { kind, form } = AddKnowledge.parse(body)
    return shown(addCard(world, kind, form, me), me)
  },
  'POST /knowledge/import': ({ world, me, body }: Asked) => {
    const report: ImportReport = { added: [], refused: [] }
    const known = new Set(
      world.knowledge.cards.flatMap(({ versions }) => titleKeys(versions[0]?.content ?? {})),
    )
    for (const { row, cells } of ImportRows.parse(body).rows) {
      const read = readImportedRow(cells, (code) => TOPICS.some((topic) => topic.code === code))
      const problem =
        'problem' in read
          ? read.problem
          : titleKeys(read.row.content).some((key) => known.has(key))
            ? 'knownAlready'
            : undefined
      if (problem || 'problem' in read) {
        report.refused.push({ row, problem: problem ?? 'empty' })
        continue
      }
      const form = { ...EMPTY, ...read.row, topics: [...read.row.topics] }
      report.added.push({ row, id: addCard(world, 'faq', form, me).id })
      for (const key of titleKeys(read.row.content)) known.add(key)
    }
    return ImportReport.parse(report)
  },
  'PUT /knowledge/:id': (asked: Asked) => {
    const { basedOn, form } = SaveKnowledge.parse(asked.body)
    const card = cardOf(asked)
    const [newest] = card.versions
    if (!newest || newest.version !== basedOn) throw new Refused('changedMeanwhile')
    if (isBeingWorkedOn(newest.status)) end(newest, 'replaced', asked.me)
    card.versions.unshift(versionOf(form, basedOn + 1, asked.me))
    return shown(card, asked.me)
  },
  'POST /knowledge/:id/versions/:version/:order': order,
}
