/** The papers of an appeal, as each role sees them: what is attached, what is made of it, and how it goes out. */
import { expect, test } from 'vitest'
import { PERMISSIONS } from '#core/staff/permissions.ts'
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

test('an editor has the official document made in the script that is wanted', async () => {
  const page = await stage.signedIn('editor1')
  await page.goto(at(`/appeals/${madeId(3, 0)}`))
  const documents = page.getByRole('region', { name: 'Official document' })
  await documents.getByText(/None has been made yet/).waitFor()
  await documents.getByRole('combobox', { name: 'Language of the document' }).selectOption('uz-Cyrl')
  await documents.getByRole('button', { name: 'Make the document' }).click()
  await documents
    .getByText(/version 1/)
    .first()
    .waitFor()
  await documents.getByText(/by Gulnora Rahimova/).waitFor()
  const saved = page.waitForEvent('download')
  await documents.getByRole('button', { name: /^PDF of version 1/ }).click()
  expect((await saved).suggestedFilename()).toBe('v1-uz.pdf')
  expect(await problemsOf(page)).toEqual([])
})

test('an administrator replaces a template; an unknown place is named and nothing saved', async () => {
  const page = await stage.signedIn('admin')
  await page.goto(at('/settings'))
  await page.getByRole('link', { name: 'Document templates' }).click()
  const russian = page.getByRole('region', { name: 'Russian' })
  await russian.getByText('The template that comes with the system.').waitFor()
  const chosen = (name: string) =>
    russian.locator('input[type=file]').setInputFiles({ ...PDF, name, mimeType: 'application/msword' })
  await chosen('unknown-familiya.docx')
  await russian.getByText('Nobody knows what to write in {familiya}.').waitFor()
  await chosen('letter.docx')
  await russian.getByText(/Word shows and the PDF does not: the footer/).waitFor()
  await russian.getByText(/Version 1: Aziz Nazarov/).waitFor()
  const preview = page.waitForEvent('download')
  await russian.getByRole('button', { name: 'Save how it looks' }).click()
  expect((await preview).suggestedFilename()).toBe('preview-ru.pdf')
  await russian.getByRole('button', { name: 'Back to the first template' }).click()
  await russian.getByRole('button', { name: 'Press again: back to the first template' }).click()
  await russian.getByText('The template that comes with the system.').waitFor()
  expect(await problemsOf(page)).toEqual([])
})

test('an administrator sets the way to the chancellery up, tries it, and sees what was answered', async () => {
  const page = await stage.signedIn('admin')
  await page.goto(at('/settings/dispatch'))
  const where = page.getByRole('region', { name: 'Where approved appeals go' })
  await where.getByRole('radio', { name: 'By e-mail, as a signed package' }).check()
  const save = where.getByRole('button', { name: 'Save', exact: true })
  expect(await save.getAttribute('aria-disabled')).toBe('true')
  await where.getByLabel('Mailbox of the chancellery').fill('devonxona@agentlik.example')
  await where.getByLabel('Our address').fill('javob@agentlik.example')
  await where.getByLabel('Mail server').fill('away.example')
  await expect.poll(() => save.getAttribute('aria-disabled')).toBeNull()
  await save.click()
  await expect.poll(() => save.getAttribute('aria-disabled')).toBe('true')
  await where.getByRole('button', { name: 'Send a test' }).click()
  await where.getByText(/The test was not taken: connect ECONNREFUSED/).waitFor()
  await where.getByLabel('Mail server').fill('mail.example')
  await save.click()
  await expect.poll(() => stage.mock().world.papers.dispatch.version).toBe(2)
  // The page has it too: there is nothing to save any more.
  await expect.poll(() => save.getAttribute('aria-disabled')).toBe('true')
  await where.getByRole('button', { name: 'Send a test' }).click()
  await where.getByText(/The test was taken: 250 queued as 4711/).waitFor()
  await page.getByText('-----BEGIN PUBLIC KEY-----').waitFor()
  expect(await problemsOf(page)).toEqual([])
})

test('the chancellery takes an appeal in, names who carries it out, and replies with a document', async () => {
  const card = stage.mock().world.appeals.find(({ id }) => id === madeId(3, 0))
  Object.assign(card ?? {}, { status: 'dispatched' })
  const officer = stage.mock().world.staff.find(({ login }) => login === 'officer1')
  Object.assign(officer ?? {}, { role: 'chancellery', may: [...PERMISSIONS.chancellery] })
  const page = await stage.signedIn('officer1')
  await page.goto(at(`/appeals/${madeId(3, 0)}`))
  const moves = page.getByRole('region', { name: 'What to do' })
  await moves.getByRole('button', { name: 'Take in' }).click()
  const taking = page.getByRole('form', { name: 'Take in' })
  await taking.getByRole('textbox', { name: 'Incoming number' }).fill('K-17/26')
  await taking.getByRole('button', { name: 'Take in' }).click()

  await moves.getByRole('button', { name: 'Assign executors' }).click()
  const assigning = page.getByRole('form', { name: 'Assign executors' })
  await assigning.getByRole('textbox', { name: /^Executors/ }).fill('Test boʻlimi\n')
  // Of those who are known one is chosen; he comes after those who are written already.
  await assigning.getByRole('combobox', { name: 'Add one who is known' }).fill('yuridik')
  await page.getByRole('option', { name: 'Yuridik boʻlim' }).click()
  await assigning.getByRole('button', { name: 'Assign executors' }).click()
  const facts = page.getByRole('region', { name: 'Facts' })
  await facts.getByText('Test boʻlimi (lead), Yuridik boʻlim').waitFor()

  const attachments = page.getByRole('region', { name: 'Attachments' })
  await attachments.getByRole('button', { name: 'Attach to the reply' }).waitFor()
  await attachments.locator('input[type=file]').setInputFiles({ name: 'javob.pdf', ...PDF })
  await attachments
    .getByText(/to the reply/)
    .last()
    .waitFor()
  await moves.getByRole('button', { name: 'Reply' }).click()
  const replying = page.getByRole('form', { name: 'Reply' })
  await replying.getByRole('radio', { name: 'Satisfied' }).check()
  await replying.getByRole('textbox', { name: 'Text of the reply' }).fill('Xato tuzatildi.')
  await replying.getByRole('button', { name: 'Reply' }).click()
  await page.getByRole('region', { name: 'What happened' }).getByText('Replied').waitFor()
  expect(await problemsOf(page)).toEqual([])
})
