/** Nothing moves under the agent's hands: live changes leave what is filled in where it stands. */
import { expect, test } from 'vitest'
import { callerCard } from '../../console/dev/mock-data.ts'
import { consoleStage } from './console-stage.ts'

const stage = consoleStage()

test.each([
  ['uz', 'Izoh', 'Suhbat tugadi'],
  ['uz-Cyrl', 'Изоҳ', 'Суҳбат тугади'],
  ['ru', 'Примечание', 'Звонок завершён'],
  ['en', 'Note', 'Call ended'],
] as const)(
  'in %s the form stays in its place when the call is held, muted and ended',
  async (language, note, ended) => {
    const page = await stage.signedIn('agent1', { language })
    await page.locator('main h1').waitFor()
    await expect.poll(() => stage.mock().world.agent('agent1').now().line).toBe('proven')
    await page
      .getByRole('button', {
        name: /^(Qoʻngʻiroqqa tayyorman|Қўнғироққа тайёрман|Готов принимать звонки|Become available)$/,
      })
      .click()
    await expect.poll(() => stage.mock().world.agent('agent1').now().status).toBe('available')
    stage.mock().world.ring('agent1')
    await page.locator('main [role=alert]').waitFor()
    await page.keyboard.press('F2')
    const field = page.getByRole('textbox', { name: note })
    await field.waitFor()
    const placeOf = async () => JSON.stringify(await field.boundingBox())
    const place = await placeOf()

    const agent = stage.mock().world.agent('agent1')
    agent.inCall({ state: 'onHold' })
    await expect
      .poll(() => page.locator('section h1').textContent())
      .toMatch(/Kutish|Кутиш|удержании|On hold/)
    expect(await placeOf()).toBe(place)
    agent.inCall({ state: 'talking', muted: true })
    await expect
      .poll(() => page.locator('section h1').textContent())
      .toMatch(/ovozsiz|овозсиз|без звука|muted/)
    expect(await placeOf()).toBe(place)
    agent.endCall()
    await page.getByRole('heading', { name: ended }).waitFor()
    expect(await placeOf()).toBe(place)
  },
)

test('an offer stays in its place when what is known of the caller comes after it', async () => {
  const page = await stage.signedIn('agent1')
  const agent = stage.mock().world.agent('agent1')
  await expect.poll(() => agent.now().line).toBe('proven')
  await page.getByRole('button', { name: 'Become available' }).click()
  await expect.poll(() => agent.now().status).toBe('available')
  const nothing = { candidates: [], openAppeals: [], earlier: [] }
  stage.mock().world.ring('agent1', nothing)
  const accept = page.getByRole('button', { name: 'Accept' })
  await accept.waitFor()
  const { candidates, openAppeals, earlier } = callerCard('', Date.now(), stage.mock().world.calls)
  const place = JSON.stringify(await accept.boundingBox())
  agent.callerFound({ candidates, openAppeals, earlier })
  await page.getByText('Known with this number').waitFor()
  await page.getByText('Calls again within an hour').waitFor()
  expect(JSON.stringify(await accept.boundingBox())).toBe(place)
})

test('what is found for other words takes the place of the list: no line of it slides to another place', async () => {
  const { page } = await stage.talking()
  const answers = page.getByRole('region', { name: 'Questions and answers' })
  const lines = answers.locator('details')
  await page.keyboard.press('f')
  await page.keyboard.type('imti')
  await expect.poll(() => lines.count()).toBeGreaterThan(1)
  await expect.poll(() => answers.locator('[aria-busy=true]').count()).toBe(0)
  await lines.evaluateAll((those) => those.forEach((one) => one.setAttribute('data-before', '')))
  await page.keyboard.type('hon')
  await expect.poll(() => answers.locator('[data-before]').count()).toBe(0)
  await expect.poll(() => lines.count()).toBeGreaterThan(1)
})

test('answers are in sight on the smallest screen, and stay where they are whatever is known of the caller', async () => {
  const { page } = await stage.talking()
  const search = page.getByRole('searchbox', { name: 'Search questions and answers' })
  const first = page.getByRole('region', { name: 'Questions and answers' }).locator('summary').first()
  await first.waitFor()
  const place = await search.boundingBox()
  expect((await first.boundingBox())?.y).toBeLessThan(700)
  await page.getByRole('radio', { name: 'Gulchehra Abdullayeva' }).check()
  await page.getByRole('link', { name: 'Open the card' }).waitFor()
  expect(await search.boundingBox()).toEqual(place)
  // A card that is written has room for its fields.
  await page.getByRole('button', { name: 'New card' }).click()
  const name = page.getByLabel('Name in Latin letters')
  const save = page.getByRole('button', { name: 'Save the card' })
  await name.waitFor()
  const [top, foot] = [(await name.boundingBox())?.y ?? 0, (await save.boundingBox())?.y ?? 0]
  expect(foot - top).toBeGreaterThan(300)
  await save.scrollIntoViewIfNeeded()
})
