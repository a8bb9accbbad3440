/** A phone that is rung by a phone that calls, with nothing between them. */
import { afterEach, expect, test } from 'vitest'
import { repeating } from './audio-port.ts'
import { toneHeard } from './hearing.ts'
import { SipCall } from './sip-call.ts'
import { type Ring, SipPhone } from './sip-phone.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, toneFrame } from './tone.ts'

const phones: SipPhone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.close()
})

async function phoneThat(onRing: (ring: Ring) => void): Promise<SipPhone> {
  const phone = await SipPhone.open({ user: 'agent', onRing })
  phones.push(phone)
  return phone
}

const call = ({ port }: SipPhone) =>
  SipCall.dial({ host: '127.0.0.1', port, to: 'sip:agent@127.0.0.1', from: '+998901234567', userAgent: 'x' })

test('a phone that answers is heard, hears, and hangs up', async () => {
  const rung = Promise.withResolvers<Ring>()
  const calling = await call(await phoneThat(rung.resolve))
  const ring = await rung.promise
  expect(ring.from).toBe('+998901234567')
  ring.audio.speak(repeating(toneFrame(AGENT_TONE_HZ)))
  calling.audio.speak(repeating(toneFrame(CITIZEN_TONE_HZ)))
  ring.answer()
  await Promise.all([
    toneHeard(calling.audio, AGENT_TONE_HZ, 5_000),
    toneHeard(ring.audio, CITIZEN_TONE_HZ, 5_000),
  ])
  ring.hangUp()
  await expect(calling.over).resolves.toMatchObject({ by: 'them', code: 200 })
  await expect(ring.over).resolves.toMatchObject({ by: 'us' })
})

test('a caller who hangs up ends the ring, or the talk', async () => {
  for (const answers of [false, true]) {
    const rung = Promise.withResolvers<Ring>()
    const calling = await call(await phoneThat(rung.resolve))
    const ring = await rung.promise
    if (answers) {
      ring.answer()
      await calling.settled
    }
    await expect(calling.hangUp()).resolves.toMatchObject({ by: 'us', code: answers ? 200 : 487 })
    await expect(ring.over).resolves.toMatchObject({ by: 'them' })
  }
})

test('a busy phone says so', async () => {
  const calling = await call(await phoneThat((ring) => ring.refuse(486)))
  await expect(calling.over).resolves.toMatchObject({ by: 'them', code: 486 })
})
