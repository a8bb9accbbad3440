/** Our side of a comparison of queues: agents on ordinary phones, and a number that leads into their queue without a menu. */
import type { Desk, WrapUp } from '#contract/calls.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { clearDesk } from '../../tools/callers/clear-desk.ts'
import { type DeskClient, signIn } from '../../tools/callers/desk-client.ts'
import { openDatabase, type RunningCopy, signInsOf } from '../../tools/callers/running-copy.ts'
import { pidOf, type SignIn } from '../../tools/supervisor/copy-state.ts'
import { AutoAgent } from './auto-agent.ts'
import type { QueueSide } from './queue-side.ts'

export const QUEUE_NUMBER = '1195'
const QUEUE = 'general' as QueueId
const WRAP_UP: WrapUp = { outcome: 'explained', topics: ['01'], note: '' }
/** More lines than any comparison needs (a trunk may have 500 at most). */
const LINES = 480
const SIGN_INS_AT_ONCE = 4

/** Before the copy is started again: everybody serves one queue, and the trunk has lines enough. */
export async function prepareCopy(copy: RunningCopy): Promise<void> {
  await publishQueueOnly(copy)
  const pool = openDatabase(copy)
  try {
    await pool.query('update trunks set max_calls = $1', [LINES])
    await pool.query("update staff_members set languages = '{uz,ru}' where role = 'agent'")
    // Of the demo organisation's agents every tenth speaks Russian only; here everybody can take every caller.
    await pool.query(
      `insert into agent_skills (staff_id, skill_id, level) select staff_members.id, skill, 100 from staff_members, unnest($1::text[]) skill
         where role = 'agent' on conflict (staff_id, skill_id) do update set level = 100`,
      [['uz', 'ru']],
    )
    await pool.query('delete from agent_queues')
    await pool.query(
      "insert into agent_queues (staff_id, queue_id) select id, $1 from staff_members where role = 'agent'",
      [QUEUE],
    )
  } finally {
    await pool.end()
  }
}

export async function openOurQueue(copy: RunningCopy, count: number): Promise<QueueSide> {
  const agents: DeskAgent[] = []
  const signIns = signInsOf(copy, 'agent', count)
  // A few at a time: proving a password is made to take a while.
  for (let n = 0; n < signIns.length; n += SIGN_INS_AT_ONCE) {
    const next = signIns.slice(n, n + SIGN_INS_AT_ONCE)
    agents.push(...(await Promise.all(next.map((who) => openAgent(copy, who)))))
  }
  return {
    name: 'ours',
    port: copy.ports.sip,
    number: QUEUE_NUMBER,
    agents: agents.map(({ agent }) => agent),
    processes: (['asterisk', 'server'] as const).map((name) => pidOf(copy.data, name)),
    close: async () => void (await Promise.all(agents.map(({ close }) => close()))),
  }
}

type DeskAgent = { agent: AutoAgent; close(): Promise<void> }

async function openAgent(copy: RunningCopy, who: SignIn): Promise<DeskAgent> {
  await clearDesk(copy.web, who)
  const desk = await signIn(copy.web, who)
  const access = await desk.openPhone('perCall')
  const whenWrapUp = watch(desk)
  const agent = await AutoAgent.open(
    {
      user: access.username,
      registrar: {
        host: copy.host,
        port: copy.ports.sip,
        domain: access.domain,
        credentials: { username: access.username, password: access.password },
      },
    },
    async () => {
      await whenWrapUp()
      // The moment this is sent the agent is free; its answer is not waited for.
      void desk.wrapUp(WRAP_UP)
    },
  )
  await desk.proveLine(0)
  await desk.becomeAvailable()
  return {
    agent,
    async close() {
      await desk.signOff()
      agent.phone.close()
      await desk.signOut()
      desk.close()
    },
  }
}

/** Done when the desk next says that a call is to be wrapped up, once for each call. */
function watch(client: DeskClient): () => Promise<void> {
  let wrapped: string | undefined
  let latest: Desk | undefined
  let changed = Promise.withResolvers<void>()
  void client.follow((message) => {
    if (message.type !== 'desk') return
    latest = message.desk
    changed.resolve()
    changed = Promise.withResolvers<void>()
  })
  return async () => {
    while (latest?.status !== 'wrapUp' || latest.call?.id === wrapped) await changed.promise
    wrapped = latest.call?.id
  }
}

async function publishQueueOnly(copy: RunningCopy): Promise<void> {
  const [administrator] = signInsOf(copy, 'administrator', 1)
  if (!administrator) throw new Error('The copy has no administrator')
  const flow: Flow = {
    start: 'answer',
    languages: ['uz', 'ru'],
    operator: 'queue',
    wrongKey: { uz: 'Bunday tanlov yoʻq.', ru: 'Такого выбора нет.' },
    nodes: { answer: { kind: 'answer', next: 'queue' }, queue: { kind: 'queue', queue: QUEUE } },
  }
  const client = await signIn(copy.web, administrator)
  try {
    await client.publishFlow('main', flow)
  } finally {
    await client.signOut()
    client.close()
  }
}
