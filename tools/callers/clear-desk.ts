/** Ends and wraps up what an interrupted visit left on an agent's desk, and signs the agent off. */
import type { SignIn } from '../supervisor/copy-state.ts'
import { passed } from './citizen.ts'
import { type DeskClient, signIn } from './desk-client.ts'

const ENDS_WITHIN_MS = 3_000
const LOOK_EVERY_MS = 100

export async function clearDesk(web: string, who: SignIn): Promise<void> {
  const client = await signIn(web, who)
  try {
    await wrapUpWhatIsLeft(client)
    await client.signOff()
  } finally {
    await client.signOut()
    client.close()
  }
}

async function wrapUpWhatIsLeft(client: DeskClient): Promise<void> {
  const { call } = await client.desk()
  if (call?.endedAt === null) await client.end()
  const until = performance.now() + ENDS_WITHIN_MS
  for (let desk = await client.desk(); desk.call && performance.now() < until; desk = await client.desk()) {
    if (desk.status === 'wrapUp')
      return await client.wrapUp({ outcome: 'explained', topics: ['01'], note: '' })
    await passed(LOOK_EVERY_MS)
  }
}
