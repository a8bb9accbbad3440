/** Wrap-up by the clock, breaks that are asked for, and agents' days, in a real browser. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { tashkentDay } from '#core/lib/time.ts'
import { madeId } from '../../console/dev/mock-data.ts'
import { becomeAvailable, consoleStage, problemsOf } from './console-stage.ts'

const DAY_MS = 86_400_000
const YESTERDAY = tashkentDay(Date.now() - DAY_MS)

const stage = consoleStage()
const agent1 = () => stage.mock().world.agent('agent1')
const heading = (page: Page, name: string) => page.getByRole('heading', { name })
const at = (path: string) => `${stage.mock().address}${path}`

const anAgentTalking = async (): Promise<Page> => (await stage.talking()).page

test('a wrap-up shows its time, says when it is short, and is prolonged by a key as often as allowed', async () => {
  stage.mock().world.rules.wrapUpSeconds = 16
  const page = await anAgentTalking()
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.getByTitle('Time left for the wrap-up').getByText('0:15').waitFor()
  await page.getByRole('status').getByText('15 seconds are left for the wrap-up.').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'More time (2)' }).click()
  await page.getByTitle('Time left for the wrap-up').getByText('1:1').waitFor()
  await page.getByRole('button', { name: 'More time (1)' }).waitFor()
  await page.getByRole('textbox', { name: 'Note' }).focus()
  await page.keyboard.press('F4')
  const used = page.getByRole('button', { name: 'More time (0)' })
  await used.waitFor()
  expect(await used.getAttribute('aria-disabled')).toBe('true')
  await page.keyboard.press('F4')
  expect(agent1().now()).toMatchObject({ status: 'wrapUp', extensions: 2 })
})

test('when the time for a wrap-up is over nothing written is lost: the call is classified later', async () => {
  const page = await anAgentTalking()
  await page.getByRole('textbox', { name: 'Note' }).fill('Asked about the dead')
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  agent1().limitReached()
  await heading(page, 'Waiting for a call').waitFor()
  const later = page.getByRole('region', { name: 'Calls to classify: 1' })
  await later.waitFor()
  await expect
    .poll(() => [...stage.mock().world.drafts.values()].map(({ note }) => note))
    .toEqual(['Asked about the dead'])

  // On another computer there is no draft but the server's.
  await page.evaluate(() => sessionStorage.clear())
  const [open] = stage.mock().world.toClassify
  stage.mock().world.calls.unshift({ ...stage.mock().world.calls[2], id: open?.call ?? '' } as never)
  await later.getByRole('link').click()
  const note = page.getByRole('textbox', { name: 'Note' })
  await expect.poll(() => note.inputValue()).toBe('Asked about the dead')
  expect(await problemsOf(page)).toEqual([])
  await note.fill('Asked about the deadline')
  await page.getByRole('searchbox', { name: 'Find somebody else by name, number or PINFL' }).fill('Gulchehra')
  await page.getByRole('button', { name: /^Gulchehra/ }).click()
  await page.getByRole('radio', { name: 'The one who was found' }).waitFor()
  await page.getByRole('status').getByText('Choose the outcome').waitFor()
  await page.keyboard.press('Alt+2')
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  expect(stage.mock().world.wrappedUp).toMatchObject([
    {
      call: open?.call,
      wrapUp: {
        outcome: 'explained',
        note: 'Asked about the deadline',
        citizen: expect.stringMatching(/-/) as string,
      },
    },
  ])
  await later.waitFor({ state: 'detached' })
})

test('a call that comes while an older one is classified is offered beside it, and takes nothing', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  await page.goto(at(`/desk/classify/${madeId(2, 2)}`))
  await page.getByRole('textbox', { name: 'Note' }).fill('Half')
  await expect.poll(() => agent1().now().line).toBe('proven')
  stage.mock().world.ring('agent1')
  await page.getByRole('alert').getByText('Incoming call').waitFor()
  expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Half')
})

test('a break taken during a call begins after it, and can be taken back before', async () => {
  const page = await anAgentTalking()
  await page.getByRole('button', { name: 'My status: Talking' }).click()
  await page.getByRole('menuitem', { name: 'Tushlik' }).click()
  await page.getByRole('img', { name: 'After this call: Tushlik' }).waitFor()
  await page.getByRole('button', { name: 'My status: Talking' }).click()
  await page.getByRole('menuitem', { name: 'Take back' }).click()
  await page.getByRole('img', { name: 'After this call: Tushlik' }).waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'My status: Talking' }).click()
  await page.getByRole('menuitem', { name: 'Dam olish' }).click()
  await page.getByRole('img', { name: 'After this call: Dam olish' }).waitFor()
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.press('Alt+1')
  await page.getByRole('status').getByText('After this call: Dam olish', { exact: true }).waitFor()
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Dam olish').waitFor()
  await page.getByText(/^Until \d\d:\d\d, 1\d:\d\d left$/).waitFor()
})

test('a break to be agreed to is asked for; the answer is told, and begins the break or does not', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  const training = page.getByRole('button', { name: 'Oʻquv mashgʻuloti to be agreed' })
  const asked = page
    .getByRole('status')
    .getByText(/^Asked for: Oʻquv mashgʻuloti\. A supervisor answers by \d\d:\d\d\.$/)
  await training.click()
  await asked.waitFor()
  expect(await problemsOf(page)).toEqual([])
  agent1().decide('refuse')
  await page
    .getByRole('status')
    .getByText('Oʻquv mashgʻuloti: your supervisor did not agree.', { exact: true })
    .waitFor()
  await page.getByRole('button', { name: 'I have read it' }).click()
  await page.getByText('your supervisor did not agree').first().waitFor({ state: 'detached' })
  await training.click()
  await asked.waitFor()
  agent1().decide('approve')
  await heading(page, 'Oʻquv mashgʻuloti').waitFor()
})

test('a shift ended during a call ends after it, with its line', async () => {
  const page = await anAgentTalking()
  await page.getByRole('button', { name: 'My status: Talking' }).click()
  await page.getByRole('menuitem', { name: 'End the shift after this call' }).click()
  await page.getByRole('img', { name: 'Your shift ends after this call.' }).waitFor()
  await page.getByRole('status', { name: 'Line' }).getByText('Line ready').waitFor()
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.press('Alt+1')
  await page.keyboard.press('Control+Enter')
  await heading(page, 'You are off shift').waitFor()
  await page.getByRole('status', { name: 'Line' }).getByText('Line off').waitFor()
})

test('an agent whose shift a supervisor ends is off shift, and her line does not come back by itself', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  agent1().signOff()
  await heading(page, 'You are off shift').waitFor()
  await page.getByRole('status', { name: 'Line' }).getByText('Line off').waitFor()
  expect(agent1().now().status).toBe('signedOut')
})

test('a supervisor agrees to a break on the wallboard, and sees who is over the limit and what comes next', async () => {
  const page = await stage.signedIn('supervisor1')
  await page
    .getByRole('region', { name: 'On a break' })
    .getByText(/^over by \d:\d\d$/)
    .waitFor()
  await page.getByRole('region', { name: 'Talking' }).getByText('then the end of the shift').waitFor()
  const asked = page.getByRole('region', { name: 'Breaks to agree to' })
  await asked.getByText('Oʻquv mashgʻuloti').waitFor()
  await page.getByRole('button', { name: 'Agree: Dilnoza Karimova', exact: true }).click()
  await asked.waitFor({ state: 'detached' })
  expect(stage.mock().world.orders).toEqual(['break/approve'])
})

test('a supervisor puts an agent on a break and ends a shift', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.getByRole('button', { name: 'Actions: Jasur Xolmatov' }).click()
  await page.getByRole('menuitem', { name: 'Dam olish' }).click()
  await page.getByRole('button', { name: 'Actions: Jasur Xolmatov' }).click()
  await page.getByRole('menuitem', { name: 'End the shift after this call' }).click()
  await page.getByText('then the end of the shift').nth(1).waitFor()
  expect(stage.mock().world.orders).toEqual(['break rest', 'sign-off'])
})

test('an officer sees agents and their breaks, and can order nothing', async () => {
  const page = await stage.signedIn('officer1')
  await page.getByRole('region', { name: 'Breaks to agree to' }).waitFor()
  expect(await page.getByRole('button', { name: /^(Agree|Actions)/ }).count()).toBe(0)
})

test('a day is a row of bars with its sums, and a call on a bar opens its card', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(at(`/agents?day=${YESTERDAY}`))
  const row = page.getByRole('row', { name: /Jasur Xolmatov/ })
  const bar = row.getByRole('img')
  expect(await bar.getAttribute('aria-label')).toMatch(
    /^Jasur Xolmatov: Talking \d+:\d\d:\d\d, Wrap-up .* On shift \d+:\d\d:\d\d$/,
  )
  const box = await bar.boundingBox()
  if (!box) throw new Error('The bar is not drawn')
  // Along the top there are only calls that ring or are talked in.
  for (let x = box.width / 10; x < box.width; x += 1) {
    await page.mouse.move(box.x + x, box.y + 8)
    if ((await page.getByText('Click to open the call').count()) > 0) break
  }
  await page.getByText(/^(Talking|Ringing|Wrap-up) · \d\d:\d\d:\d\d–\d\d:\d\d:\d\d \(\d+:\d\d\)$/).waitFor()
  await page.mouse.down()
  await page.mouse.up()
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/calls\/./)
})

test('a day of one agent is told line by line, with cause and actor; the day before is one key away', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(at(`/agents?day=${YESTERDAY}`))
  await page.getByRole('link', { name: 'Jasur Xolmatov' }).click()
  await heading(page, 'Jasur Xolmatov').waitFor()
  const table = page.getByRole('table', { name: 'Line by line' })
  await table.getByText('The supervisor: Malika Yusupova').waitFor()
  await table.getByText('The line was lost').first().waitFor()
  await table.getByText(/^Longer than planned by \d+:\d\d$/).waitFor()
  expect(await table.getByRole('link', { name: /^Call at / }).count()).toBeGreaterThan(10)
  await page.getByRole('button', { name: 'The day before' }).click()
  await expect.poll(() => page.url()).toContain(`day=${tashkentDay(Date.now() - 2 * DAY_MS)}`)
})

test('an agent sees her own day', async () => {
  const page = await stage.signedIn('agent1')
  await page.goto(at(`/my-day?day=${YESTERDAY}`))
  await heading(page, 'My day').waitFor()
  await page.getByRole('table', { name: 'Line by line' }).waitFor()
  await page.getByRole('img', { name: /^Dilnoza Karimova: Talking/ }).waitFor()
})
