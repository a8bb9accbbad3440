/** Callers as they come on a whole running copy: with bad intentions, where they must not, and gone at any moment. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { repeating } from '../../tools/callers/audio-port.ts'
import { openBrowser, openSignInPage } from '../../tools/callers/browser-agent.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { CITIZEN_TONE_HZ, toneFrame } from '../../tools/callers/tone.ts'
import { refusedCall, runSipp } from '../asterisk/sipp.ts'
import { type Caller, eventually, newNumber, runningCopy } from './running-copy.ts'
import { type SipAgent, sipAgent } from './sip-agent.ts'

/** The choice of language twice, each time with its wait. */
const PATIENT_WITHIN_MS = 60_000

const copy = runningCopy({ menu: 'short' })
const numbers: string[] = []
let agent: SipAgent | undefined

afterAll(() => agent?.leave())

async function dial(extra: Parameters<typeof copy.dial>[0] = {}): Promise<Caller> {
  const caller = await copy.dial(extra)
  numbers.push(caller.number)
  return caller
}

const SCRIPT = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`

test.concurrent.each([
  ['quotes and SQL', `O'Brien"; DROP TABLE calls; --`],
  ['HTML', SCRIPT],
  ['a path', '../../../../etc/passwd'],
  ['a dialplan and a shell', '${SHELL(id)} `id` $(id) %s%n'],
  ['marks that turn and marks that are not seen', 'Ali\u202eilA\u200b\u2066x'],
] as const)('a caller named with %s is kept and shown as text', async (_what, name) => {
  const displayName = `"${name.replace(/[\\"]/g, '\\$&')}"`
  const { citizen, number } = await dial({ displayName, userAgent: `UA ${name}` })
  const { callerName, id } = await copy.arrived(number)
  // Marks that would turn the text around them are taken out; everything else stays as it was said.
  expect(callerName).toBe(name.replace(/[\u202e\u2066]/g, ''))
  await citizen.call.hangUp()
  const { rows } = await copy.pool.query<{ user_agent: string }>(
    'select user_agent from calls where id = $1',
    [id],
  )
  expect(rows).toEqual([{ user_agent: `UA ${callerName}` }])
  expect((await copy.stored(number)).callerName).toBe(callerName)
})

test.concurrent('a header folded over two lines is one line of text, and starts no other header', async () => {
  const { citizen, number } = await dial({
    userAgent: 'Phone\r\n P-Asserted-Identity: <sip:+998711111111@x>',
    displayName: '"Folded"',
  })
  const { id } = await copy.arrived(number)
  await citizen.call.hangUp()
  const { rows } = await copy.pool.query<{ user_agent: string }>(
    'select user_agent from calls where id = $1',
    [id],
  )
  expect(rows[0]?.user_agent).toMatch(/^Phone\s+P-Asserted-Identity: <sip:\+998711111111@x>$/)
  expect(rows[0]?.user_agent).not.toMatch(/[\r\n]/)
})

test.concurrent('a number that is no number is kept as text', async () => {
  const from = `'or'1'='1`
  const { citizen } = await dial({ from, displayName: '"Somebody odd"' })
  const row = await eventually(
    'the row',
    async () =>
      (await copy.pool.query("select caller_raw, caller_e164 from calls where caller_name = 'Somebody odd'"))
        .rows[0],
    { holds: Boolean, withinMs: 15_000 },
  )
  expect(row).toEqual({ caller_raw: from, caller_e164: null })
  await citizen.call.hangUp()
})

test.concurrent('64 kB of headers get an answer or none, and the next caller is served', async () => {
  const flood = await dial({ userAgent: 'u'.repeat(60_000), displayName: `"${'n'.repeat(3_000)}"` })
  await Promise.race([
    flood.citizen.call.settled,
    eventually('audio', () => flood.citizen.call.audio.packetsReceived, {
      holds: (packets) => packets > 0,
      withinMs: 9_000,
    }).catch(() => undefined),
  ])
  const next = await dial()
  expect(await copy.arrived(next.number)).toMatchObject({ endedAt: null })
  await Promise.all([flood.citizen.call.hangUp(), next.citizen.call.hangUp()])
  const { rows } = await copy.pool.query<{ longest: number }>(
    'select max(length(user_agent) + length(caller_name) + length(caller_raw)) as longest from calls',
  )
  expect(rows[0]?.longest).toBeLessThanOrEqual(512)
})

test.concurrent('a number nobody has here is refused with 404 and a row', async () => {
  const { citizen, number } = await dial({ to: '777' })
  expect((await citizen.call.over).code).toBe(404)
  await copy.cardWhen(number, ({ status }) => status === 'refused')
  expect(await refusedReason(number)).toBe('unknownNumber')
})

test.concurrent('an address that is no trunk is refused with 403 and a row', async () => {
  const number = newNumber()
  numbers.push(number)
  const scenario = refusedCall(403, `<sip:${number}@[local_ip]>`)
  const stranger = runSipp({ scenario, sip: copy.running.ports.sip, from: '127.0.0.2' })
  expect(await stranger.done).toBe(0)
  expect(await copy.cardWhen(number, ({ status }) => status === 'refused')).toMatchObject({ trunk: null })
  expect(await refusedReason(number)).toBe('notATrunk')
})

async function refusedReason(number: string): Promise<string | undefined> {
  const sql = 'select refused_reason from calls where caller_e164 = $1'
  const { rows } = await copy.pool.query<{ refused_reason: string }>(sql, [number])
  return rows[0]?.refused_reason
}

test.concurrent('the console shows hostile callers as text and runs nothing of theirs', async () => {
  const { page, close } = await openBrowser()
  try {
    const problems: string[] = []
    page.on('dialog', (dialog) => problems.push(`dialog ${dialog.message()}`))
    await openSignInPage(page, copy.running.web)
    const { login, password } = copy.who('supervisor1')
    await page.getByLabel('Login').fill(login)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('banner').waitFor()
    const { rows } = await eventually('the hostile callers', namedCallers, {
      holds: ({ rows: found }) => found.length >= 7,
      withinMs: 15_000,
    })
    for (const { id, caller_name } of rows) {
      await page.goto(`${copy.running.web}/calls/${id}`)
      await page.getByText('Name sent by the network').waitFor()
      const shown = await page.evaluate(() => document.body.innerText.replace(/\s+/g, ' '))
      expect(shown).toContain(caller_name.replace(/\s+/g, ' '))
      expect(await page.title()).not.toBe('run')
    }
    await page.goto(`${copy.running.web}/calls`)
    await page.getByRole('table').getByText(`'or'1'='1`).waitFor()
    expect(problems).toEqual([])
  } finally {
    await close()
  }
})

function namedCallers() {
  const sql = 'select id, caller_name from calls where caller_name is not null'
  return copy.pool.query<{ id: string; caller_name: string }>(sql)
}

test.concurrent('a citizen who presses nothing at all is led to a person all the same', async () => {
  const { citizen, number } = await dial()
  const card = await copy.cardWhen(number, ({ queuedAt }) => queuedAt !== null, PATIENT_WITHIN_MS)
  expect(card).toMatchObject({ language: 'uz', queue: 'general', topic: null, keys: '', status: 'waiting' })
  await citizen.call.hangUp()
  await wentWell(number, { lostReason: 'abandoned', endedBy: 'citizen', talk: [] })
})

test.concurrent.each([
  ['in the greeting', undefined, 'leftInGreeting'],
  ['in the choice of language', [], 'leftInMenu'],
  ['in the menu', ['1'], 'leftInMenu'],
  ['in the queue', ['1', '1', '1'], 'abandoned'],
] as const)(
  'a citizen who hangs up %s leaves one ended row and a whole recording',
  async (_where, keys, lost) => {
    const caller = await dial()
    const { citizen, number } = caller
    if (keys) await citizen.walk(keys)
    else await copy.greeted(caller)
    // He is there for a moment before he leaves.
    await delay(500)
    await citizen.call.hangUp()
    await wentWell(number, { lostReason: lost, endedBy: 'citizen', talk: [] })
  },
)

test('a citizen who hangs up while it rings, as the agent accepts, while talking or held leaves nothing behind', async () => {
  const callers = await Promise.all(Array.from({ length: 4 }, () => dial()))
  agent = await sipAgent(copy, 'agent1')
  const walking = callers.map(({ citizen }) => {
    void citizen.speakOnceAnswered(repeating(toneFrame(CITIZEN_TONE_HZ)))
    return citizen.walk(['1', '1', '1'])
  })
  await Promise.all(walking)
  const left = new Map<string, string>()
  const leaves = async (how: string, act: (caller: Caller, offer: string) => Promise<void>) => {
    const offer = await agent?.offer([...left.values()])
    const caller = callers.find(({ number }) => number === offer?.number)
    if (!offer || !caller) throw new Error('The offer is of somebody else')
    await act(caller, offer.id)
    left.set(how, caller.number)
  }

  await leaves('ringing', async ({ citizen }) => void (await citizen.call.hangUp()))
  await leaves('accepted', async ({ citizen }, offer) => {
    await Promise.allSettled([agent?.desk.accept(offer), citizen.call.hangUp()])
    // Either was first: then there is a call to wrap up, or there is none.
    const { status } = (await agent?.when(
      'free or wrapping up',
      ({ status, offer: next }) =>
        status === 'wrapUp' || status === 'available' || (status === 'ringing' && next?.id !== offer),
    )) ?? { status: undefined }
    if (status === 'wrapUp') await agent?.wrapUp()
  })
  await leaves('talking', async ({ citizen }, offer) => {
    await agent?.desk.accept(offer)
    if (agent) await toneHeard(agent.line.audio, CITIZEN_TONE_HZ, 10_000)
    await citizen.call.hangUp()
    await agent?.wrapUp()
  })
  await leaves('held', async ({ citizen }, offer) => {
    await agent?.desk.accept(offer)
    if (agent) await toneHeard(agent.line.audio, CITIZEN_TONE_HZ, 10_000)
    await agent?.desk.hold()
    await citizen.call.hangUp()
    await agent?.wrapUp()
  })

  await wentWell(left.get('ringing') ?? '', { lostReason: 'abandoned', offers: [{ endedAs: 'withdrawn' }] })
  await wentWell(left.get('accepted') ?? '', { endedBy: 'citizen' })
  await wentWell(left.get('talking') ?? '', { lostReason: null, offers: [{ endedAs: 'answered' }] })
  const held = await wentWell(left.get('held') ?? '', { lostReason: null })
  expect(held.holdSeconds).toBeGreaterThanOrEqual(0)
  // The agent's line stands, alone.
  await eventually('the agent’s line alone', () => copy.channels(), {
    holds: ({ length }) => length === 1,
    withinMs: 5_000,
  })
})

async function wentWell(number: string, expected: object) {
  const card = await copy.stored(number)
  expect(card).toMatchObject({ status: 'ended', ...expected })
  expect(card.timeline.filter(({ type }) => type === 'callEnded')).toHaveLength(1)
  return card
}

test('the call over the trunk’s limit is refused with 503 and a row, and the ones before it stay', async () => {
  await copy.pool.query('update trunks set max_calls = 2')
  const pid = copy.pidOf('server')
  process.kill(pid, 'SIGTERM')
  await copy.readyAfter('server', pid)
  const taken = [await dial(), await dial()]
  for (const { number } of taken) await copy.arrived(number)
  const third = await dial()
  expect((await third.citizen.call.over).code).toBe(503)
  await copy.cardWhen(third.number, ({ status }) => status === 'refused')
  expect(await refusedReason(third.number)).toBe('linesFull')
  for (const { citizen } of taken) expect(citizen.call.isOver).toBe(false)
  await Promise.all(taken.map(({ citizen }) => citizen.call.hangUp()))
})

test('after all this nothing stands at the engine, no file is named by a caller, and no log knows a number', async () => {
  await agent?.leave()
  await eventually('no channels', () => copy.channels(), {
    holds: ({ length }) => length === 0,
    withinMs: 10_000,
  })
  const { data } = copy.running
  const files = readdirSync(data.root, { recursive: true, encoding: 'utf8' })
  const ours = files.filter((name) => /^(spool|recordings)\//.test(name) && /\.[a-z]+$/.test(name))
  for (const name of ours) expect(name).toMatch(/^[a-z/0-9]*\/?[0-9a-f-]{36}\.[a-z.]+$/)
  expect(files.filter((name) => /passwd|onerror|DROP|SHELL/.test(name))).toEqual([])
  for (const log of ['server.log', 'supervisor.log']) {
    const text = readFileSync(join(data.log, log), 'utf8')
    for (const number of numbers) expect(text).not.toContain(number.replace('+998', ''))
    expect(text).not.toMatch(/onerror|DROP TABLE|passwd/)
  }
})
