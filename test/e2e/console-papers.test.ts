/** The papers of an appeal, as each role sees them: what is attached to it. */
import { expect, test } from 'vitest'
import { madeId } from '../../console/dev/mock-data.ts'
import { consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const at = (path: string) => `${stage.mock().address}${path}`
const PDF = { mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') }

test('an agent attaches what the citizen brought, saves it, and takes back what was wrong', async () => {
  const page = await stage.signedIn('agent1')
  await page.goto(at(`/appeals/${madeId(3, 0)}`))
  const attachments = page.getByRole('region', { name: 'Attachments' })
  await attachments.getByText('Ruxsatnoma (nusxa).pdf', { exact: true }).waitFor()
  await attachments.getByText(/by the citizen/).waitFor()
  await attachments.locator('input[type=file]').setInputFiles({ name: 'ariza.pdf', ...PDF })
  await attachments.getByText('ariza.pdf', { exact: true }).waitFor()

  const saved = page.waitForEvent('download')
  await attachments.getByRole('button', { name: 'Save ariza.pdf' }).click()
  expect((await saved).suggestedFilename()).toBe('ariza.pdf')
  await attachments.getByText(/saved 1 times/).waitFor()

  await attachments.getByRole('button', { name: 'Remove ariza.pdf' }).click()
  await attachments.getByRole('button', { name: 'Press again to remove ariza.pdf' }).click()
  await attachments.getByText(/A file was removed/).waitFor()
  expect(await problemsOf(page)).toEqual([])
})

test('a file that is not taken says why, in plain words', async () => {
  const page = await stage.signedIn('agent1', { language: 'uz', viewport: { width: 420, height: 800 } })
  await page.goto(at(`/appeals/${madeId(3, 0)}`))
  const attachments = page.getByRole('region', { name: 'Ilovalar' })
  await attachments.getByText('Ruxsatnoma (nusxa).pdf', { exact: true }).waitFor()
  await attachments.locator('input[type=file]').setInputFiles({ name: 'ariza.docm', ...PDF })
  await attachments.getByText(/Hujjatda makroslar bor/).waitFor()
  expect(await isTooWide(page)).toBe(false)
})

test('who works on something else may save, and not attach', async () => {
  const page = await stage.signedIn('officer1')
  await page.goto(at(`/appeals/${madeId(3, 0)}`))
  const attachments = page.getByRole('region', { name: 'Attachments' })
  await attachments.getByRole('button', { name: 'Save Ruxsatnoma (nusxa).pdf' }).waitFor()
  expect(await attachments.getByRole('button').count()).toBe(1)
})
