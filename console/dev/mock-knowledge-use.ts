/** What becomes of knowledge on the make-believe server: shown, voted on, read, searched for in vain. */
import { z } from 'zod'
import {
  Answer,
  KnowledgeShown,
  KnowledgeUse,
  KnowledgeVote,
  SearchMiss,
  SearchMissed,
  ShownInCall,
} from '#contract/knowledge.ts'
import { writtenIn } from '#core/knowledge/knowledge-content.ts'
import type { Asked } from './mock-knowledge.ts'
import { Refused } from './mock-refused.ts'

const idOf = ({ path }: Asked) => ({ id: Number(path[1]), version: Number(path[3]) })

function cardOf(world: Asked['world'], id: number) {
  const card = world.knowledge.cards.find((one) => one.id === id)
  if (!card) throw new Refused('notFound')
  return card
}

function currentOf(world: Asked['world'], id: number) {
  const { versions } = cardOf(world, id)
  const version = versions.find(({ status }) => status === 'published') ?? versions[0]
  if (!version) throw new Refused('notFound')
  return version
}

export const KNOWLEDGE_USE = {
  'POST /knowledge/:id/versions/:version/shown': (asked: Asked) => {
    const { shown } = asked.world.knowledge
    const { call } = ShownInCall.parse(asked.body)
    const id = idOf(asked)
    if (!shown.some((one) => one.call === call && one.id === id.id && one.version === id.version))
      shown.push({ ...id, call, agent: asked.me.name, at: Date.now() })
    return undefined
  },
  'POST /knowledge/:id/versions/:version/vote': (asked: Asked) => {
    const { votes } = asked.world.knowledge
    const vote = { ...idOf(asked), staff: asked.me.id, ...KnowledgeVote.parse(asked.body) }
    const before = votes.find(
      ({ id, version, staff }) => id === vote.id && version === vote.version && staff === vote.staff,
    )
    if (before) Object.assign(before, vote)
    else votes.push(vote)
    return undefined
  },
  'POST /knowledge/:id/versions/:version/acknowledge': (asked: Asked) => {
    asked.world.knowledge.read.push({ ...idOf(asked), staff: asked.me.id })
    return undefined
  },
  'GET /knowledge/to-read': ({ world, me }: Asked) => {
    const published = world.knowledge.cards.flatMap(({ id, kind, versions }) =>
      versions
        .filter(({ status, mustRead }) => status === 'published' && mustRead)
        .map(({ version, topics, content }) => ({ id, kind, version, topics, content, isWhole: true })),
    )
    const isRead = ({ id, version }: { id: number; version: number }) =>
      world.knowledge.read.some((one) => one.id === id && one.version === version && one.staff === me.id)
    return z.array(Answer).parse(published.filter((one) => !isRead(one)))
  },
  'GET /knowledge/:id/use': ({ world, me, path }: Asked) => {
    const id = Number(path[1])
    const { version, mustRead } = currentOf(world, id)
    const votes = world.knowledge.votes.filter((one) => one.id === id && one.version === version)
    const read = world.knowledge.read.filter((one) => one.id === id && one.version === version)
    return KnowledgeUse.parse({
      version,
      useful: votes.filter(({ useful }) => useful).length,
      notUseful: votes.filter(({ useful }) => !useful).length,
      myVote: votes.find(({ staff }) => staff === me.id)?.useful ?? null,
      calls: world.knowledge.shown.filter((one) => one.id === id).length,
      mustRead,
      hasRead: read.some(({ staff }) => staff === me.id),
      readers: null,
    })
  },
  'GET /calls/:id/knowledge': ({ world, path }: Asked) =>
    z.array(KnowledgeShown).parse(
      world.knowledge.shown
        .filter(({ call }) => call === path[1])
        .map(({ id, version, agent, at }) => {
          const { kind, versions } = cardOf(world, id)
          const content = versions.find((one) => one.version === version)?.content ?? {}
          const { title, language } = writtenIn(content, 'uz') ?? { title: '', language: 'uz' }
          return { id, version, kind, title, language, agentName: agent, at }
        }),
    ),
  'POST /knowledge/misses': ({ world, body }: Asked) => {
    const { search } = SearchMissed.parse(body)
    const { misses } = world.knowledge
    const before = misses.find(({ words }) => words === search)
    if (before) before.times++
    else misses.push({ id: misses.length + 1, words: search, times: 1, lastAt: Date.now() })
    return undefined
  },
  'GET /knowledge/misses': ({ world }: Asked) => z.array(SearchMiss).parse(world.knowledge.misses),
  'DELETE /knowledge/misses/:id': ({ world, path }: Asked) => {
    const { misses } = world.knowledge
    misses.splice(
      misses.findIndex(({ id }) => String(id) === path[2]),
      1,
    )
    return undefined
  },
}
