/** An agent with an ordinary SIP phone on the line and a desk without a browser: as quick as the test that drives it. */
import type { Desk } from '#contract/calls.ts'
import { openLine, proveLine } from '../../tools/callers/agent-phone.ts'
import { repeating } from '../../tools/callers/audio-port.ts'
import { signIn } from '../../tools/callers/desk-client.ts'
import { AGENT_TONE_HZ, toneFrame } from '../../tools/callers/tone.ts'
import { eventually, type Place } from './running-copy.ts'

/** A citizen may still be on his way through greeting and menu. */
const DESK_WITHIN_MS = 60_000

export type SipAgent = Awaited<ReturnType<typeof sipAgent>>

/** Signed in, on a proven line, saying a tone, and available. */
export async function sipAgent(copy: Place, login: string) {
  const desk = await signIn(copy.running.web, copy.who(login))
  const line = await openLine(copy.running, await desk.openPhone())
  line.audio.speak(repeating(toneFrame(AGENT_TONE_HZ)))
  await proveLine(desk, line)
  await desk.becomeAvailable()

  const when = (what: string, holds: (desk: Desk) => boolean) =>
    eventually(`${login}: ${what}`, () => desk.desk(), { holds, withinMs: DESK_WITHIN_MS })

  return {
    desk,
    line,
    when,
    /** The offer that rings, and whose it is. One that has just been withdrawn may still be seen: not of these callers. */
    async offer(gone: readonly string[] = []): Promise<{ id: string; number: string }> {
      const { offer, caller } = await when(
        'an offer',
        ({ offer, caller }) => offer !== null && caller !== null && !gone.includes(plain(caller.number)),
      )
      return { id: offer?.id ?? '', number: plain(caller?.number ?? '') }
    },
    async wrapUp(): Promise<void> {
      await when('wrap-up', ({ status }) => status === 'wrapUp')
      await desk.wrapUp({ outcome: 'explained', topics: ['01.01'], note: '' })
    },
    async leave(): Promise<void> {
      await Promise.allSettled([desk.signOff(), line.hangUp()])
      await Promise.allSettled([desk.signOut()])
      desk.close()
    },
  }
}

/** As it is dialled. */
function plain(shown: string): string {
  return shown.replaceAll(' ', '')
}
