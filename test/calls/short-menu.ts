/**
 * The demo organisation's menu with a greeting of a few words: for tests of what comes after it. The greeting is heard
 * to its end, so the real one costs each of them half a minute; first-call.test.ts walks that.
 */
import { z } from 'zod'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import type { Flow, FlowNode } from '#core/ivr/flow.ts'
import { type DeskClient, signIn } from '../../tools/callers/desk-client.ts'
import type { SignIn } from '../../tools/supervisor/copy-state.ts'

/** Each of its texts is spoken before it is published. */
const PUBLISHED_WITHIN_MS = 60_000
const Saved = z.object({ savedAt: z.number(), problems: z.array(z.unknown()) })

function shortMenu(): Flow {
  const flow = demoFlow()
  const { usefulInformation: _, ...nodes } = flow.nodes
  const texts = { uz: 'Assalomu alaykum, qabul markazi!', ru: 'Здравствуйте, приёмная слушает!' }
  const greeting: FlowNode = { kind: 'announce', texts, next: 'answer', mustBeHeard: true }
  return { ...flow, nodes: { ...nodes, greeting } }
}

/** As an administrator would: saved as a draft, then published; calls from now on walk it. */
export async function publishShortMenu(web: string, administrator: SignIn): Promise<void> {
  const client = await signIn(web, administrator)
  try {
    const draft = { basedOn: null, body: shortMenu() }
    const saved = Saved.parse(await send('PUT', { web, client, path: '/flows/main/draft', body: draft }))
    if (saved.problems.length > 0) throw new Error(`The short menu: ${JSON.stringify(saved.problems)}`)
    const body = { basedOn: saved.savedAt, from: null }
    await send('POST', { web, client, path: '/flows/main/draft/publish', body })
  } finally {
    client.close()
  }
}

async function send(
  method: 'POST' | 'PUT',
  { web, client, path, body }: { web: string; client: DeskClient; path: string; body: unknown },
): Promise<unknown> {
  const response = await fetch(`${web}/api${path}`, {
    method,
    headers: { cookie: client.cookie, 'x-javob': '1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PUBLISHED_WITHIN_MS),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}
