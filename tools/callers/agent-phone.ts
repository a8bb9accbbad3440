/** An agent's ordinary SIP phone on the always-on line: calls in, proves itself, and stays up. */
import type { PhoneAccess } from '#contract/staff.ts'
import { passed } from './citizen.ts'
import type { DeskClient } from './desk-client.ts'
import type { RunningCopy } from './running-copy.ts'
import { SipCall } from './sip-call.ts'

/** The server asks for half a second of audio each way; twice that leaves room for a slow start. */
const PROOF_PACKETS = 50
const PROOF_EVERY_MS = 100
const PROOF_WITHIN_MS = 10_000

export async function openLine(copy: RunningCopy, access: PhoneAccess): Promise<SipCall> {
  // The same agent and password have two accounts: agent-… for browsers (encrypted), phone-… for ordinary phones.
  const username = access.username.replace(/^agent-/, 'phone-')
  const line = await SipCall.dial({
    host: copy.host,
    port: copy.ports.sip,
    to: access.lineUri,
    from: username,
    userAgent: 'Javob agent phone',
    credentials: { username, password: access.password },
  })
  await line.settled
  if (line.isOver) throw new Error(`The line of ${username} was refused: ${line.code}`)
  return line
}

/** Tells the server what is heard on the line until it believes that audio flows both ways. */
export async function proveLine(desk: DeskClient, line: SipCall): Promise<void> {
  const until = performance.now() + PROOF_WITHIN_MS
  for (;;) {
    await passed(PROOF_EVERY_MS)
    if (line.isOver) throw new Error('The line ended before it was proven')
    const isLate = performance.now() > until
    if (line.audio.packetsReceived < PROOF_PACKETS && !isLate) continue
    try {
      return await desk.proveLine(line.audio.packetsReceived)
    } catch (error) {
      if (isLate) throw error
    }
  }
}
