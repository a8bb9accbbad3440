/** The classifier of the make-believe server in versions, checked by the very rules of the real one. */
import { z } from 'zod'
import {
  ClassifierCard,
  ClassifierRow,
  PublishClassifier,
  SaveClassifier,
  type TopicNodeIn,
} from '#contract/classifier.ts'
import type { Topic } from '#contract/knowledge.ts'
import type { LiveMessage } from '#contract/live.ts'
import { checkClassifier, inOrder, levelOf, parentOf } from '#core/knowledge/classifier.ts'
import { TOPICS } from './mock-data.ts'
import type { MockQueues } from './mock-queues.ts'
import { Refused } from './mock-refused.ts'

const SAVED_AT = 1_790_000_000_000

type World = {
  classifiers: ClassifierCard[]
  topics: Topic[]
  queues: MockQueues
  say(message: LiveMessage, hears: () => boolean): void
}
type Asked = { world: World; me: { name: string }; path: string[]; body: unknown }

export function mockClassifiers(): ClassifierCard[] {
  const nodes = TOPICS.map(({ code, names, defaultKind }) => ({
    code,
    names,
    kind: defaultKind,
    queue: null,
    track: null,
  }))
  return [
    ClassifierCard.parse({
      version: 1,
      status: 'published',
      topics: nodes.length,
      savedAt: SAVED_AT,
      savedByName: null,
      publishedAt: SAVED_AT,
      publishedByName: null,
      restored: null,
      nodes,
    }),
  ]
}

export const CLASSIFIER: Record<string, (asked: Asked) => unknown> = {
  'GET /classifier': ({ world }) => rowsOf(world),
  'GET /classifier/:version': ({ world, path }) => found(world, (one) => one.version === Number(path[1])),
  'PUT /classifier/draft': ({ world, me, body }) => {
    const { basedOn, nodes } = SaveClassifier.parse(body)
    const draft = world.classifiers.find(({ status }) => status === 'draft')
    if ((draft?.savedAt ?? null) !== basedOn) throw new Refused('changedMeanwhile')
    const version = draft?.version ?? (world.classifiers[0]?.version ?? 0) + 1
    const made = { version, status: 'draft' as const, nodes: inOrder(nodes), topics: nodes.length }
    const about = { savedAt: Date.now(), savedByName: me.name, publishedAt: null, publishedByName: null }
    const others = world.classifiers.filter((one) => one !== draft)
    world.classifiers = [{ ...made, ...about, restored: null }, ...others]
    return ClassifierCard.parse(world.classifiers[0])
  },
  'DELETE /classifier/draft': ({ world }) => {
    world.classifiers = world.classifiers.filter(({ status }) => status !== 'draft')
    return rowsOf(world)
  },
  'POST /classifier/draft/publish': ({ world, me, body }) => {
    const draft = found(world, ({ status }) => status === 'draft')
    if (draft.savedAt !== PublishClassifier.parse(body).basedOn) throw new Refused('changedMeanwhile')
    return publish(world, draft, me.name)
  },
  'POST /classifier/:version/restore': ({ world, me, path }) => {
    const old = found(world, (one) => one.version === Number(path[1]))
    const version = Math.max(...world.classifiers.map((one) => one.version)) + 1
    const made = { ...old, version, restored: old.version, savedAt: Date.now() }
    world.classifiers.unshift(made)
    return publish(world, made, me.name)
  },
}

function publish(world: World, card: ClassifierCard, by: string): ClassifierRow[] {
  const problems = checkClassifier(card.nodes, { queues: world.queues.rows.map(({ queue }) => queue) })
  if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
  for (const one of world.classifiers) if (one.status === 'published') one.status = 'retired'
  Object.assign(card, { status: 'published', publishedAt: Date.now(), publishedByName: by })
  const gone = world.topics.filter(({ code }) => !card.nodes.some((node) => String(node.code) === code))
  world.topics = [...card.nodes.map(topicOf), ...gone.map((topic) => ({ ...topic, retired: true }))]
  world.say({ type: 'choicesChanged', of: 'topics' }, () => true)
  return rowsOf(world)
}

function topicOf({ code, names, kind, queue }: TopicNodeIn): Topic {
  return {
    code,
    names,
    parent: parentOf(code),
    level: levelOf(code),
    defaultKind: kind,
    queue,
    retired: false,
  }
}

function found(world: World, is: (card: ClassifierCard) => boolean): ClassifierCard {
  const card = world.classifiers.find(is)
  if (!card) throw new Refused('notFound')
  return card
}

function rowsOf(world: World): ClassifierRow[] {
  return z.array(ClassifierRow).parse(world.classifiers)
}
