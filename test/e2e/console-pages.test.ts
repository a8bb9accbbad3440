/** The pages beside the desk, as each role sees them. */
import { expect, test } from 'vitest'
import { madeId } from '../../console/dev/mock-data.ts'
import { consoleStage } from './console-stage.ts'

const stage = consoleStage()
const at = (path: string) => `${stage.mock().address}${path}`

test('calls are listed, searched by number, and found again by the address', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.getByRole('link', { name: 'Calls' }).click()
  await page.getByRole('table', { name: 'Calls, newest first' }).waitFor()
  expect(await page.getByRole('row').count()).toBe(51)
  await page.getByRole('button', { name: 'Show earlier ones' }).click()
  await expect.poll(() => page.getByRole('row').count()).toBe(65)

  await page.getByRole('searchbox', { name: 'Search by number or agent' }).fill('555 01')
  await expect.poll(() => page.url()).toContain('search=555')
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(20)
  await page.reload()
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(20)
})

test('a call’s card tells what happened, and its recording is played and moved through by keys', async () => {
  const page = await stage.signedIn('supervisor1')
  const heard: string[] = []
  page.on('request', (request) => request.url().endsWith('/recording') && heard.push(request.url()))
  await page.goto(at(`/calls/${madeId(2, 2)}`))
  await page.getByText('Offer: missed').waitFor()
  await page.getByText('offered to Jasur Xolmatov: missed').waitFor()

  const place = page.getByRole('slider', { name: 'Place in the recording' })
  await place.waitFor()
  expect(heard).toEqual([])
  await page.getByRole('button', { name: 'Play' }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  expect(heard.length).toBeGreaterThan(0)
  await place.focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Play' }).waitFor()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => place.getAttribute('aria-valuenow')).toBe('10')
})

test('a caller’s name full of markup is text, and nothing else', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(at(`/calls/${madeId(2, 1)}`))
  await page.getByText('"><img src=x onerror=alert(1)>').waitFor()
  expect(await page.locator('img[src=x]').count()).toBe(0)
})

test('an appeal explains its due day line by line', async () => {
  const page = await stage.signedIn('officer1')
  await page.getByRole('link', { name: 'Appeals' }).click()
  const list = page.getByRole('group', { name: 'Appeals', exact: true })
  await list.getByText('overdue, days: 2').waitFor()
  await list.getByRole('link', { name: 'A-2026-000120' }).click()
  await page.getByRole('heading', { name: 'Appeal A-2026-000120' }).waitFor()
  await page.getByText('the fifteenth day').waitFor()
  await page.getByText('OʻRQ-445, 28-modda').waitFor()
})

test('a supervisor sees who does what, and resolves an alarm', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.getByRole('region', { name: 'Talking' }).getByText('Sherzod Aliyev').waitFor()
  await page.getByText('Natijalar').waitFor()
  await page.getByRole('button', { name: 'Mark as resolved' }).click()
  await page.getByText(/Resolved .* Malika Yusupova/).waitFor()
})

test('an administrator reads the voice menu, and replaces a spoken text', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('heading', { name: 'Voice menu' }).waitFor()
  await page.getByText('Bakalavriatga qabul', { exact: true }).first().waitFor()
  const row = page.getByRole('row', { name: /Assalomu alaykum/ })
  await row.getByText('Spoken by the voice').waitFor()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    row.getByRole('button', { name: /Upload WAV/ }).click(),
  ])
  await chooser.setFiles({ name: 'greeting.wav', mimeType: 'audio/wav', buffer: Buffer.from('RIFF') })
  await row.getByText('Recording by Aziz Nazarov').waitFor()
  await row.getByRole('button', { name: 'Back to the voice' }).click()
  await row.getByText('Spoken by the voice').waitFor()
})

test.each([
  ['agent1', 'Desk, Calls, Appeals, Knowledge, Citizens, My courses, My day'],
  ['supervisor1', 'Wallboard, Agents, Calls, Callbacks, Appeals, Knowledge, Call script, Citizens, Courses'],
  ['editor1', 'Calls, Appeals, Knowledge, Call script, Citizens'],
  ['officer1', 'Wallboard, Agents, Calls, Appeals, Knowledge, Citizens, Recordings asked for'],
  ['admin', 'Wallboard, Agents, Courses, People, Voice menu, Queues, Agents’ skills, Calendar, Settings'],
])('%s is led to the pages of his role', async (login, pages) => {
  const page = await stage.signedIn(login)
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
  expect((await links.allTextContents()).join(', ')).toBe(pages)
})

test('a page that is not for the role says so, and so does one that is not there', async () => {
  const page = await stage.signedIn('editor1')
  await page.goto(at('/flows'))
  await page.getByText('Your role does not allow this.').waitFor()
  await page.goto(at('/nowhere'))
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
})

test('a sign-in that was ended elsewhere leads back to the sign-in page, and says why', async () => {
  const page = await stage.signedIn('officer1')
  await page.getByText('Agents on shift').waitFor()
  stage.mock().world.say({ type: 'signedOut', reason: 'elsewhere' }, ({ login }) => login === 'officer1')
  await page.getByText('You have signed in on another computer').waitFor()
})
