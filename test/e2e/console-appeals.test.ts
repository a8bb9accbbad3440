/** An appeal's card, its moves and the work lists, as each role sees them; and the calendar due days are counted by. */
import { readFile } from 'node:fs/promises'
import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { madeId } from '../../console/dev/mock-data.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const at = (path: string) => `${stage.mock().address}${path}`
const EDITED = madeId(3, 3)

test('an editor takes an appeal to his desk; what he writes outlives a reload and the move of somebody else', async () => {
  const page = await stage.signedIn('editor1')
  await page.goto(at(`/appeals/${madeId(3, 0)}`))
  await page.getByRole('button', { name: 'Classify' }).click()
  const form = page.getByRole('form', { name: 'Classify' })
  await form.getByRole('radio', { name: 'Complaint' }).check()
  await form.getByRole('button', { name: 'Classify' }).click()
  await page.getByRole('button', { name: 'Take to the editing desk' }).click()
  await page.getByRole('button', { name: 'Write the text' }).click()
  const text = page.getByRole('textbox', { name: 'Text of the appeal' })
  await text.fill('Arizani tasdiqlashni soʻrayman.')
  const card = stage.mock().world.appeals.find(({ id }) => id === madeId(3, 0))
  if (card) card.version += 1
  await page.reload()
  await page.getByRole('button', { name: 'Write the text' }).click()
  expect(await text.inputValue()).toBe('Arizani tasdiqlashni soʻrayman.')
  await page.getByRole('button', { name: 'Go on with mine' }).click()
  await page.getByRole('form').getByRole('button', { name: 'Write the text' }).click()
  await page.getByRole('region', { name: 'Text as edited' }).getByText('Arizani tasdiqlashni').waitFor()
  const history = page.getByRole('region', { name: 'What happened' })
  await history.getByText('Taken to the editing desk').waitFor()
  expect(stage.mock().world.appeals.find(({ id }) => id === madeId(3, 0))).toMatchObject({
    status: 'editing',
    version: 5,
  })
})

test('who wrote cannot approve and reads why; somebody else can', async () => {
  const writer = await stage.signedIn('editor1')
  await writer.goto(at(`/appeals/${EDITED}`))
  const approve = writer.getByRole('button', { name: 'Approve' })
  await approve.waitFor()
  expect(await approve.getAttribute('aria-disabled')).toBe('true')
  await approve.hover()
  await writer.getByText('Somebody else has to do this: you wrote it.').waitFor()

  const supervisor = await stage.signedIn('supervisor1')
  await supervisor.goto(at(`/appeals/${EDITED}`))
  await supervisor.getByRole('button', { name: 'Approve' }).click()
  const form = supervisor.getByRole('form', { name: 'Approve' })
  for (const box of await form.getByRole('checkbox').all()) await box.check()
  await form.getByRole('button', { name: 'Approve' }).click()
  await supervisor.getByRole('region', { name: 'What happened' }).getByText('Approved').waitFor()
})

test('what a move needs is asked for before it can be sent', async () => {
  const page = await stage.signedIn('agent1')
  await page.goto(at(`/appeals/${EDITED}`))
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'The citizen takes it back' }).click()
  const form = page.getByRole('form', { name: 'The citizen takes it back' })
  const send = form.getByRole('button', { name: 'The citizen takes it back' })
  await send.waitFor()
  expect(await send.getAttribute('aria-disabled')).toBe('true')
  await form.getByRole('textbox', { name: 'Reason' }).fill('Masala hal boʻldi')
  await expect.poll(() => send.getAttribute('aria-disabled')).toBeNull()
  await send.click()
  await page.getByText('Masala hal boʻldi').waitFor()
})

test('the work lists hold what is due today, overdue and in a status, and the address finds them again', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(at('/appeals'))
  await page.getByText('Overdue', { exact: true }).click()
  await page.getByRole('link', { name: 'A-2026-000121' }).waitFor()
  await expect.poll(() => page.getByRole('row').count()).toBe(2)
  await page.getByText('Due today', { exact: true }).click()
  await page.getByRole('link', { name: 'A-2026-000122' }).waitFor()
  await page.getByText('All', { exact: true }).click()
  await page.getByRole('combobox', { name: 'Status' }).selectOption('editing')
  await page.getByRole('link', { name: 'A-2026-000123' }).waitFor()
  await expect.poll(() => page.getByRole('row').count()).toBe(2)
  await page.reload()
  await page.getByRole('link', { name: 'A-2026-000123' }).waitFor()
  expect(await page.getByRole('row').count()).toBe(2)
})

test('a duplicate is proposed with what speaks for it, and decided by a person', async () => {
  const page = await stage.signedIn('editor1')
  await page.goto(at(`/appeals/${madeId(3, 0)}`))
  const links = page.getByRole('region', { name: 'Repeats and duplicates' })
  await links.getByText('May be a duplicate of it').waitFor()
  await links.getByText(/the same person, the same topic, a similar text/).waitFor()
  await links.getByRole('button', { name: 'Yes, it does: A-2026-000122' }).click()
  await links.getByText('A duplicate of it', { exact: true }).waitFor()
})

test('an administrator adds a day, imports a year, saves, and reads which appeals moved', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Calendar' }).click()
  const save = page.getByRole('button', { name: 'Save and count due days again' })
  await save.waitFor()
  expect(await save.getAttribute('aria-disabled')).toBe('true')
  const adding = page.getByRole('group', { name: 'Add a day' })
  await adding.getByLabel('Day', { exact: true }).fill('2026-06-16')
  await adding.getByLabel('What it is').selectOption('extraOff')
  await adding.getByLabel('Name').fill('Farmon')
  await adding.getByRole('button', { name: 'Add the day' }).click()
  await page.getByRole('button', { name: 'Remove 2026-06-16' }).waitFor()
  await page.getByText('Import a year').click()
  const lines = page.getByRole('textbox', { name: /One day a line/ })
  await lines.fill('2027-01-01 holiday 5,6 Yangi yil\n2027-13-01 holiday 5 Xato')
  await page
    .getByRole('alert', { name: 'Rows that say no day' })
    .getByText('Row 2: there is no such day')
    .waitFor()
  await lines.fill('2027-01-01 holiday 5,6 Yangi yil')
  await page.getByRole('button', { name: 'Take over 1 days' }).click()
  await page.getByRole('button', { name: 'Remove 2027-01-01' }).waitFor()
  await save.click()
  await page.getByText('Saved. Appeals that moved: 1').waitFor()
  expect(stage.mock().world.calendar.version).toBe(1)
  expect(stage.mock().world.calendar.form.days.map(({ day }) => day)).toEqual(
    expect.arrayContaining(['2026-06-16', '2027-01-01']),
  )
})

test('several appeals are given to an editor at once, and each row says what became of it', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(at('/appeals'))
  const bar = page.getByRole('group', { name: 'With the chosen' })
  await page.getByRole('checkbox', { name: 'Choose A-2026-000123' }).check()
  await page.getByRole('checkbox', { name: 'Choose A-2026-000121' }).check()
  await bar.getByText('Chosen: 2').waitFor()
  await bar.getByRole('combobox', { name: 'Editor to be given them' }).selectOption('Gulnora Rahimova')
  await bar.getByRole('button', { name: 'Assign' }).click()
  await bar
    .getByRole('status')
    .getByText(/^Done: \d of 2/)
    .waitFor()
  await bar.getByText('Chosen: 0').waitFor()
  await page.getByRole('checkbox', { name: 'Choose A-2026-000123' }).check()
  await bar.getByRole('button', { name: 'Keep under control' }).click()
  await page
    .getByRole('row', { name: /A-2026-000123/ })
    .getByText('Under control')
    .waitFor()
  expect(await problemsOf(page)).toEqual([])
})

test('a list is taken out only for a reason, which stands on every line of the sheet', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(at('/appeals?list=overdue'))
  await page.getByRole('button', { name: 'Export the list…' }).click()
  const form = page.getByRole('dialog').getByRole('form', { name: 'Export appeals' })
  const take = form.getByRole('button', { name: 'Export' })
  await take.waitFor()
  expect(await take.getAttribute('aria-disabled')).toBe('true')
  await form.getByRole('textbox', { name: 'Reason' }).fill('Oylik hisobot')
  await expect.poll(() => take.getAttribute('aria-disabled')).toBeNull()
  const downloading = page.waitForEvent('download')
  await take.click()
  const rows = await readSheet(await readFile(await (await downloading).path()))
  expect(String(rows[0]?.[0])).toContain('Oylik hisobot')
  expect(rows.slice(2).map(([number]) => number)).toEqual(['A-2026-000121'])
  for (const row of rows.slice(2)) expect(String(row.at(-1))).toContain('Oylik hisobot')
})

test('who signed too and who acts for the citizen stand on the card, with what follows from it', async () => {
  const page = await stage.signedIn('editor1')
  await page.goto(at(`/appeals/${madeId(3, 0)}`))
  const panel = page.getByRole('region', { name: 'Who filed it' })
  await panel.getByRole('button', { name: 'Change who filed it' }).click()
  const form = panel.getByRole('form', { name: 'Change who filed it' })
  const signers = form.getByRole('textbox', { name: 'Who signed too, one a line: name, residence' })
  await signers.fill('Ali Valiyev, Toshkent\n12345')
  await form.getByText('Lines that name nobody: 2').first().waitFor()
  await signers.fill('Ali Valiyev, Toshkent\nMalika Yusupova')
  await form.getByRole('textbox', { name: 'Who acts for the citizen' }).fill('Advokat Sobirov')
  await form.getByRole('button', { name: 'Save' }).click()
  await panel.getByRole('list', { name: 'Signed by' }).getByText('Malika Yusupova').waitFor()
  await panel.getByText('Collective appeal').waitFor()
  await panel.getByText(/has shown no papers/).waitFor()
  expect(await problemsOf(page)).toEqual([])
})

test('due days that have passed are told above the list', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(at('/appeals'))
  const told = page.getByRole('region', { name: 'Due days to mind: 1, overdue: 1' })
  await told.getByText('Show them').click()
  await told.getByRole('link', { name: 'A-2026-000121' }).waitFor()
})
