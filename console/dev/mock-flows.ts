/** The voice menu of the make-believe organisation in versions, checked by the very rules of the real server. */
import { z } from 'zod'
import {
  DiscardFlow,
  FlowCard,
  FlowRow,
  PromptRow,
  PublishFlow,
  RestoreFlow,
  SaveFlow,
  SpeakText,
} from '#contract/flows.ts'
import { checkFlow } from '#core/ivr/check-flow.ts'
import { checkSounds } from '#core/ivr/check-sounds.ts'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import type { Flow, FlowNode } from '#core/ivr/flow.ts'
import { judgeDate } from '#core/ivr/flow-status.ts'
import { promptsOf, type Say } from '#core/ivr/spoken.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import type { MockQueues } from './mock-queues.ts'
import { Refused } from './mock-refused.ts'

const QUEUES: readonly string[] = ['admission', 'general', 'appeals', 'trust']
const PUBLISHED_AT = 1_790_000_000_000
/** A text with it in it cannot be spoken here. */
export const UNSPEAKABLE = '☎'

type World = { flows: FlowCard[]; prompts: PromptRow[]; queues: MockQueues }
type Asked = { world: World; me: { name: string }; path: string[]; body: unknown }

export function mockFlows(): FlowCard[] {
  const about = { savedAt: PUBLISHED_AT, savedByName: null, publishedAt: PUBLISHED_AT, publishedByName: null }
  const row = { flow: 'main', version: 1, status: 'published' as const, restored: null, ...about }
  return [{ ...row, body: demoMenu(), problems: [] }]
}

/** This organisation has fewer queues than the demo's: the others' callers come to the general one. */
export function demoMenu(): Flow {
  const flow = demoFlow()
  const nodes = Object.entries(flow.nodes).map(([id, node]): [string, FlowNode] => [
    id,
    node.kind === 'queue' && !QUEUES.includes(node.queue) ? { ...node, queue: 'general' as QueueId } : node,
  ])
  return { ...flow, nodes: Object.fromEntries(nodes) }
}

export const FLOWS: Record<string, (asked: Asked) => unknown> = {
  'GET /flows': ({ world }) => rowsOf(world),
  'GET /flows/:flow/:version': ({ world, path }) => {
    const card = found(world, (one) => one.version === Number(path[2]))
    return FlowCard.parse({ ...card, problems: problemsOf(world, card.body) })
  },
  'PUT /flows/:flow/draft': ({ world, me, body: sent }) => {
    const { basedOn, body } = SaveFlow.parse(sent)
    return FlowCard.parse(keepDraft(world, { basedOn, body, by: me.name }))
  },
  'POST /flows/:flow/draft/discard': ({ world, body }) => {
    const draft = seenDraft(world, DiscardFlow.parse(body).basedOn)
    world.flows = world.flows.filter((one) => one !== draft)
    return rowsOf(world)
  },
  'POST /flows/:flow/draft/publish': ({ world, me, body }) => {
    const { basedOn, from } = PublishFlow.parse(body)
    return publish(world, { card: seenDraft(world, basedOn), from, by: me.name })
  },
  'POST /flows/:flow/:version/restore': ({ world, me, path, body }) => {
    const old = found(world, (one) => one.version === Number(path[2]))
    const card = { ...old, version: newest(world) + 1, restored: old.version, savedAt: Date.now() }
    world.flows.unshift(card)
    return publish(world, { card, from: RestoreFlow.parse(body).from, by: me.name })
  },
  'POST /flows/:flow/scheduled/withdraw': ({ world }) => {
    Object.assign(
      found(world, ({ status }) => status === 'scheduled'),
      { status: 'retired', publishedAt: null, publishedByName: null },
    )
    return rowsOf(world)
  },
  'POST /prompts': ({ world, body }) => {
    const say = SpeakText.parse(body)
    if (say.text.includes(UNSPEAKABLE)) throw new Refused('badInput')
    return PromptRow.parse(speak(world, say))
  },
}

/** As the server does; a test lets a second editor save by it. */
export function keepDraft(
  world: World,
  { basedOn, body, by }: { basedOn: number | null; body: Flow; by: string },
): FlowCard {
  const draft = world.flows.find(({ status }) => status === 'draft')
  if ((draft?.savedAt ?? null) !== basedOn) throw new Refused('changedMeanwhile')
  for (const say of promptsOf(body)) if (!say.text.includes(UNSPEAKABLE)) speak(world, say)
  const version = draft?.version ?? newest(world) + 1
  const savedAt = Math.max(Date.now(), (draft?.savedAt ?? 0) + 1)
  const about = { savedAt, savedByName: by, publishedAt: null, publishedByName: null, restored: null }
  const card = { flow: 'main', version, status: 'draft' as const, ...about, body, problems: [] }
  world.flows = [card, ...world.flows.filter((one) => one !== draft)]
  return { ...card, problems: problemsOf(world, body) }
}

function publish(
  world: World,
  { card, from, by }: { card: FlowCard; from: number | null; by: string },
): FlowRow[] {
  if (from !== null && judgeDate(from, Date.now()) !== 'possible') throw new Refused('badInput')
  const problems = problemsOf(world, card.body)
  if (problems.length > 0) throw new Refused('flowHasProblems', problems)
  const status = from === null ? 'published' : 'scheduled'
  for (const one of world.flows) if (one !== card && one.status === status) one.status = 'retired'
  Object.assign(card, { status, publishedAt: from ?? Date.now(), publishedByName: by })
  return rowsOf(world)
}

function problemsOf(world: World, body: Flow): FlowCard['problems'] {
  const queues = world.queues.rows.map(({ queue }) => queue as QueueId)
  const known = new Set(world.prompts.map(nameOf))
  return [
    ...checkFlow(body, { queues, languages: CALL_LANGUAGES }),
    ...checkSounds(body, (say) => known.has(nameOf(say))),
  ]
}

function speak(world: World, say: Say): PromptRow {
  const there = world.prompts.find((one) => nameOf(one) === nameOf(say))
  if (there) return there
  const key = (world.prompts.length + 1).toString(16).padStart(32, '0')
  const made = { ...say, key, source: 'spoken' as const, seconds: 2, madeAt: Date.now(), madeByName: null }
  world.prompts.push(made)
  return made
}

function seenDraft(world: World, basedOn: number): FlowCard {
  const draft = found(world, ({ status }) => status === 'draft')
  if (draft.savedAt !== basedOn) throw new Refused('changedMeanwhile')
  return draft
}

function found(world: World, is: (card: FlowCard) => boolean): FlowCard {
  const card = world.flows.find(is)
  if (!card) throw new Refused('notFound')
  return card
}

const newest = ({ flows }: World) => Math.max(...flows.map(({ version }) => version))
const nameOf = ({ language, text }: Say) => `${language} ${text}`

function rowsOf({ flows }: World): FlowRow[] {
  return z.array(FlowRow).parse(flows.map(({ body: _body, problems: _problems, ...row }) => row))
}
