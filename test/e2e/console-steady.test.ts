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
