/** Who is calling: what the desk shows while it rings, and what the agent does about the card while they talk. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { changeCitizen } from '../../console/dev/mock-citizen-routes.ts'
import { madeId } from '../../console/dev/mock-data.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const gulchehra = madeId(4, 1)
const agent1 = () => stage.mock().world.agent('agent1')
const stored = (id: string) => stage.mock().world.citizens.get(id)?.fields
const heading = (page: Page, name: string) => page.getByRole('heading', { name })

const ringing = async (): Promise<Page> => (await stage.ringing()).page
const talking = async (): Promise<Page> => (await stage.talking()).page

test('while it rings the desk shows who may be calling, how he came, what he is owed and that he calls again', async () => {
  const page = await ringing()
  const offer = page.getByRole('region', { name: 'Incoming call' })
  await offer.getByText('Gulchehra Abdullayeva · Calls: 3, open appeals: 1 · called from it').waitFor()
  await offer.getByText('Rustam Abdullayev · Calls: 1 · named by somebody').waitFor()
  await offer.getByText('Hard of hearing: speak slowly').waitFor()
  await offer.getByText('Uzbek → Bakalavriatga qabul → Roʻyxatdan oʻtish').waitFor()
  await offer.getByText('Waits for').waitFor()
  await offer.getByText('A-2026-000123').waitFor()
  await offer.getByText('Calls again within an hour').waitFor()
  expect(await problemsOf(page)).toEqual([])
})

test('the caller is chosen, his number confirmed and his card corrected by keys alone', async () => {
  const page = await talking()
  await page.keyboard.press('p')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await page.getByRole('radio', { name: 'Gulchehra Abdullayeva' }).check()
  await page.getByText('4*********0010', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'His number is confirmed' }).waitFor()
  await page.keyboard.press('j')
  await expect.poll(() => stage.mock().world.citizens.get(gulchehra)?.numbers[0]?.standing).toBe('confirmed')
  await page.keyboard.press('g')
  await page.getByLabel('Region').selectOption('1703')
  await page.getByRole('textbox', { name: 'Who acts for him' }).fill('onasi')
  await page.getByText('Not saved yet').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Andijon viloyati', { exact: true }).last().waitFor()
  expect(stored(gulchehra)).toMatchObject({ region: '1703', representative: 'onasi' })
  expect(await problemsOf(page)).toEqual([])
})

test('a card half typed survives a reload in the middle of the call, and another’s change moves nothing above it', async () => {
  const page = await talking()
  await page.getByRole('radio', { name: 'Gulchehra Abdullayeva' }).check()
  await page.getByText('4*********0010', { exact: true }).waitFor()
  await page.keyboard.press('g')
  const note = page.getByRole('textbox', { name: 'Note on the card' })
  await note.fill('half a sent')
  await page.reload()
  await heading(page, 'Talking').waitFor()
  await note.waitFor()
  expect(await note.inputValue()).toBe('half a sent')
  await note.focus()
  await page.keyboard.press('Control+End')
  // Scrolled to a part of a pixel, a page is drawn anew at a whole one.
  const placeOf = async () => Math.floor((await note.boundingBox())?.y ?? 0)
  const place = await placeOf()
  changeCitizen(stage.mock().world, { id: gulchehra, fields: { region: '1733' }, by: 'Sherzod Aliyev' })
  await page.getByText('Sherzod Aliyev changed this card meanwhile').waitFor()
  expect(await placeOf()).toBe(place)
  await page.keyboard.type('ence')
  await page.getByRole('button', { name: 'Put both together and save' }).click()
  await page.getByRole('button', { name: 'Edit the card' }).waitFor()
  expect(stored(gulchehra)).toMatchObject({ note: 'half a sentence', region: '1733' })
})

test('somebody whom the number does not tell is found by name, or gets a new card, and the wrap-up names him', async () => {
  const page = await talking()
  await page
    .getByRole('searchbox', { name: 'Find somebody else by name, number or PINFL' })
    .fill('abdullaeva gulchexra')
  await page.getByRole('button', { name: 'Abdullayeva Gulchexra · +998 93 555 01 22' }).click()
  expect(await page.getByRole('radio', { name: 'The one who was found' }).isChecked()).toBe(true)

  await page.getByRole('button', { name: 'New card' }).click()
  await page.getByLabel('Name in Latin letters').fill('Yangi Fuqaro')
  expect(await page.getByLabel('Telephone number').inputValue()).toBe('+998 90 123 45 67')
  await page.getByRole('button', { name: 'Save the card' }).click()
  await page.getByText('Янги Фуқаро').waitFor()
  const made = [...stage.mock().world.citizens.values()].find(({ fields }) => fields.name === 'Yangi Fuqaro')
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.press('Alt+2')
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  expect(stage.mock().world.wrappedUp[0]?.wrapUp.citizen).toBe(made?.id)
})

test('who is calling, his marks and what he is owed are in sight on the smallest screen, and choosing him moves nothing', async () => {
  const page = await talking()
  const caller = page.getByRole('region', { name: 'Caller' })
  const appeal = caller.getByRole('link', { name: 'A-2026-000123' })
  const other = page.getByRole('radio', { name: 'Rustam Abdullayev' })
  const foot = async () =>
    (await page.getByRole('region', { name: 'Questions and answers' }).boundingBox())?.y ?? 0
  const isInSight = async (one: Locator) => {
    const box = await one.boundingBox()
    return box !== null && box.y + box.height < Math.min(await foot(), 768)
  }
  await appeal.waitFor()
  const place = await other.boundingBox()
  await page.getByRole('radio', { name: 'Gulchehra Abdullayeva' }).check()
  const marks = caller.getByText('02.01.1990 · PINFL 4*********0010').first()
  await marks.waitFor()
  expect(await isInSight(appeal)).toBe(true)
  expect(await isInSight(marks)).toBe(true)
  expect(await isInSight(caller.getByRole('link', { name: 'Open the card' }))).toBe(true)
  expect(await other.boundingBox()).toEqual(place)
  await other.check()
  await expect.poll(() => appeal.count(), { message: 'it is not his' }).toBe(0)
  expect(await other.boundingBox()).toEqual(place)
})

test('at 200 % the script is a press away, wherever one is, and so is who is calling', async () => {
  const page = await talking()
  await page.setViewportSize({ width: 683, height: 384 })
  const parts = page.getByRole('navigation', { name: 'Parts of the page' })
  const script = page.getByRole('region', { name: 'Call script' })
  const isInSight = async (one: Locator) => {
    const box = await one.boundingBox()
    return box !== null && box.y >= 0 && box.y + 60 < 384
  }
  await expect.poll(() => isInSight(parts), { message: 'when the call begins' }).toBe(true)
  await page.getByRole('searchbox', { name: 'Search questions and answers' }).scrollIntoViewIfNeeded()
  expect(await isInSight(script)).toBe(false)
  expect(await isInSight(parts), 'at the end of the page').toBe(true)
  await parts.getByRole('link', { name: 'Call script' }).click()
  await expect.poll(() => isInSight(script)).toBe(true)
  await parts.getByRole('link', { name: 'Caller' }).click()
  await expect.poll(() => isInSight(page.getByRole('region', { name: 'Caller' }))).toBe(true)
  expect(await problemsOf(page)).toEqual([])
  await page.setViewportSize({ width: 1366, height: 768 })
  await expect.poll(() => parts.isVisible()).toBe(false)
})

test.each([1180, 1280, 1366])(
  'the whole number stands beside the keys of a call at %i pixels',
  async (width) => {
    const page = await talking()
    await page.setViewportSize({ width, height: 800 })
    const strip = page.getByRole('region', { name: 'Call', exact: true })
    const edges = async (of: Locator) => (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const number = await edges(strip.getByText(/^\+998/))
    const hold = await edges(strip.getByRole('button', { name: /^Hold/ }))
    const written = await strip.getByText(/^\+998/).evaluate((shown) => {
      const range = document.createRange()
      range.selectNodeContents(shown)
      return range.getBoundingClientRect().right
    })
    const isBelow = hold.y >= number.y + number.height
    expect(isBelow || written <= hold.x).toBe(true)
  },
)
