/** Who is calling: what the desk shows while it rings, and what the agent does about the card while they talk. */
import type { Page } from 'playwright-core'
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
  await page.getByText('4*********0010').waitFor()
  await page.getByRole('button', { name: 'His number is confirmed' }).waitFor()
  await page.keyboard.press('j')
  await expect.poll(() => stage.mock().world.citizens.get(gulchehra)?.numbers[0]?.standing).toBe('confirmed')
  await page.keyboard.press('g')
  await page.getByLabel('Region').selectOption('1703')
  await page.getByRole('textbox', { name: 'Who acts for him' }).fill('onasi')
  await page.getByText('Not saved yet').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Andijon viloyati').waitFor()
  expect(stored(gulchehra)).toMatchObject({ region: '1703', representative: 'onasi' })
  expect(await problemsOf(page)).toEqual([])
})

test('a card half typed survives a reload in the middle of the call, and another’s change moves nothing above it', async () => {
  const page = await talking()
  await page.getByRole('radio', { name: 'Gulchehra Abdullayeva' }).check()
  await page.getByText('4*********0010').waitFor()
  await page.keyboard.press('g')
  const note = page.getByRole('textbox', { name: 'Note on the card' })
  await note.fill('half a sent')
  await page.reload()
  await heading(page, 'Talking').waitFor()
  await note.waitFor()
  expect(await note.inputValue()).toBe('half a sent')
  await note.focus()
  await page.keyboard.press('Control+End')
  const place = JSON.stringify(await note.boundingBox())
  changeCitizen(stage.mock().world, { id: gulchehra, fields: { region: '1733' }, by: 'Sherzod Aliyev' })
  await page.getByText('Sherzod Aliyev changed this card meanwhile').waitFor()
  expect(JSON.stringify(await note.boundingBox())).toBe(place)
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
