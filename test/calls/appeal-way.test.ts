/**
 * An appeal from a citizen's words to his opinion of the reply, on a whole running copy: filed in the portal with and
 * without a program in the browser, and by an agent during a call. Everybody on the way has a browser of his own, finds
 * everything by what is said there, and does only his part.
 */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppealCard, AppealRow } from '#contract/appeals.ts'
import { checklistOf } from '#core/appeals/checklist.ts'
import { PDF } from '../../server/attachments/test-files.ts'
import { openBrowser, openSignInPage, takeTheDesk } from '../../tools/callers/browser-agent.ts'
import { eventually, newNumber, runningCopy } from './running-copy.ts'

const [WITHOUT, WITH, BY_CALL] = [
  'in the portal without a program',
  'in the portal with one',
  'during a call',
] as const

const OFFER_WITHIN_MS = 60_000
const CODE_WITHIN_MS = 10_000
const STEP_WITHIN_MS = 15_000
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  locale: 'uz',
}
const WORDS = 'Ruxsatnomamda ismim xato yozilgan, tuzatib bersangiz.'
const EDITED = 'Ruxsatnomadagi ism xatosini tuzatishni soʻrayman.'
const REPLY = 'Xato tuzatildi, yangi ruxsatnoma kabinetingizda.'
const LETTER = { mimeType: 'application/pdf', buffer: PDF }

type Staff = 'editor' | 'supervisor1' | 'chancellery'
/** How it came, under which number, and the citizen who has its telephone. */
type Filed = { how: string; number: string; phone: string; page: Page; codes: number }

const copy = runningCopy({ menu: 'short' })
const filed: Filed[] = []
let agent: Awaited<ReturnType<typeof openBrowser>>
let staff: Record<Staff, Page>

beforeAll(async () => {
  agent = await openBrowser()
  const [editor, supervisor1, chancellery] = await Promise.all([
    signedIn('editor'),
    signedIn('supervisor1'),
    signedIn('chancellery'),
    openSignInPage(agent.page, copy.running.web).then(() => takeTheDesk(agent.page, copy.who('agent1'))),
  ])
  staff = { editor, supervisor1, chancellery }
})
afterAll(() => agent?.close())

async function newPage(options: BrowserContextOptions): Promise<Page> {
  const context = await agent.page.context().browser()?.newContext(options)
  if (!context) throw new Error('The browser has gone')
  context.setDefaultTimeout(STEP_WITHIN_MS)
  return await context.newPage()
}

async function signedIn(login: Staff): Promise<Page> {
  const page = await newPage({ viewport: { width: 1366, height: 768 } })
  await openSignInPage(page, copy.running.web)
  const { password } = copy.who(login)
  await page.getByLabel('Login').fill(login)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('banner').waitFor()
  return page
}

// The citizen ------------------------------------------------------------------

/** The newest of the codes that went to this telephone; `count`: how many there are by then. */
async function codeSentTo(phone: string, count: number): Promise<string> {
  const look = async () => {
    const sql = `select text from demo_messages where e164 = $1 and text like 'Tasdiqlash kodi:%' order by sent_at`
    return (await copy.pool.query<{ text: string }>(sql, [phone])).rows
  }
  const sent = await eventually(`code ${count} for the telephone`, look, {
    holds: ({ length }) => length === count,
    withinMs: CODE_WITHIN_MS,
  })
  return /\d{6}/.exec(sent.at(-1)?.text ?? '')?.[0] ?? ''
}

async function confirms({ codes, page, phone }: Pick<Filed, 'codes' | 'page' | 'phone'>): Promise<void> {
  await page.getByLabel('Kod', { exact: true }).fill(await codeSentTo(phone, codes))
  await page.getByRole('button', { name: 'Tasdiqlash' }).click()
}

async function filesInPortal(page: Page, phone: string): Promise<string> {
  await page.goto(`${copy.running.web}/portal/`)
  const sections = page.getByRole('navigation', { name: 'Boʻlimlar' })
  await sections.getByRole('link', { name: 'Murojaat yuborish' }).click()
  await page.getByRole('radio', { name: /^Shikoyat/ }).check()
  await page.getByLabel('Familiyangiz, ismingiz').fill('Rahimova Gulnora')
  await page.getByLabel('Mobil telefoningiz').fill(phone)
  await page.getByLabel('Murojaat mazmuni').fill(WORDS)
  await page.getByRole('button', { name: 'Kod olish' }).click()
  await page.getByLabel('Faylni tanlang').setInputFiles({ name: 'ruxsatnoma.pdf', ...LETTER })
  await page.getByRole('button', { name: 'Fayl qoʻshish' }).click()
  await page.getByRole('button', { name: 'Olib tashlash: ruxsatnoma.pdf' }).waitFor()
  await confirms({ codes: 1, page, phone })
  await page.getByRole('heading', { name: 'Murojaatingiz roʻyxatga olindi' }).waitFor()
  return (await page.getByRole('definition').first().textContent()) ?? ''
}

/** With number and code as they stand in the message, which came once. */
async function followsByMessage({ number, page, phone }: Filed): Promise<void> {
  const look = async () => {
    const sql = 'select text from demo_messages where e164 = $1'
    return (await copy.pool.query<{ text: string }>(sql, [phone])).rows
  }
  const sent = await eventually('the message with number and code', look, {
    holds: ({ length }) => length > 0,
    withinMs: CODE_WITHIN_MS,
  })
  expect(sent).toEqual([{ text: expect.stringMatching(new RegExp(`^${number} raqamli`)) }])
  const code = /kodi: ([2-9A-Z]{4}-[2-9A-Z]{4})/.exec(sent[0]?.text ?? '')?.[1] ?? ''
  await page.goto(`${copy.running.web}/portal/status`)
  await page.getByLabel('Raqami').fill(number)
  await page.getByLabel('Kod', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Koʻrsatish' }).click()
  await page.getByRole('heading', { name: `Murojaat ${number}` }).waitFor()
}

/** Whoever holds the telephone that the appeal names finds it in its cabinet. */
async function findsInCabinet(one: Filed): Promise<void> {
  const { number, page, phone } = one
  await page.goto(`${copy.running.web}/portal/sign-in`)
  await page.getByLabel('Mobil telefoningiz').fill(phone)
  await page.getByRole('button', { name: 'Kod yuborish' }).click()
  await confirms({ ...one, codes: one.codes + 1 })
  await page.getByRole('link', { name: number }).click()
}

async function readsAndRates(one: Filed): Promise<void> {
  const { number, page } = one
  await findsInCabinet(one)
  await page.getByRole('heading', { name: `Murojaat ${number}` }).waitFor()
  await page.getByRole('heading', { name: 'Javob', exact: true }).waitFor()
  await page.getByText(REPLY).waitFor()
  await page.getByText(/– Qanoatlantirildi$/).waitFor()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'javob.pdf faylini saqlash' }).click()
  expect((await saved).suggestedFilename()).toBe('javob.pdf')
  await page.getByRole('radio', { name: '5', exact: true }).check()
  await page.getByRole('button', { name: 'Baholash' }).click()
  await page.getByText('Bahongiz: 5 dan 5.').waitFor()
}

// The office -------------------------------------------------------------------

/** The appeal on somebody's screen, found in the list. */
async function opened(who: Staff, number: string): Promise<Page> {
  const page = staff[who]
  await page.goto(`${copy.running.web}/appeals`)
  await page.getByRole('link', { name: number }).click()
  await page.getByRole('heading', { name: `Appeal ${number}` }).waitFor()
  return page
}

const toDo = (page: Page) => page.getByRole('region', { name: 'What to do' })
const button = (page: Page, action: string) => toDo(page).getByRole('button', { name: action, exact: true })
const happened = (page: Page, what: string) =>
  page.getByRole('region', { name: 'What happened' }).getByText(what).first().waitFor()

/** A move that asks for something. */
async function moves(
  page: Page,
  action: string,
  fillIn: (form: ReturnType<Page['getByRole']>) => Promise<void>,
): Promise<void> {
  await button(page, action).click()
  const form = page.getByRole('form', { name: action })
  await fillIn(form)
  await form.getByRole('button', { name: action }).click()
  await form.waitFor({ state: 'detached' })
}

async function edits(number: string): Promise<void> {
  const page = await opened('editor', number)
  await moves(page, 'Classify', async (form) => {
    await form.getByRole('radio', { name: 'Complaint' }).check()
    const topic = form.getByRole('combobox', { name: 'Topic' })
    // The way through the menu said it already.
    if ((await topic.inputValue()) !== '') return
    await topic.fill('01.01')
    await page.getByRole('option', { name: /^01\.01 / }).click()
  })
  await button(page, 'Take to the editing desk').click()
  await moves(page, 'Write the text', async (form) => {
    await form.getByRole('textbox', { name: 'Text of the appeal' }).fill(EDITED)
  })
  await happened(page, 'Text written')
  // Whoever wrote it has somebody else approve it.
  await expect.poll(() => button(page, 'Approve').getAttribute('aria-disabled')).toBe('true')
}

async function approves(number: string): Promise<void> {
  const page = await opened('supervisor1', number)
  await page.getByRole('region', { name: 'Text as edited' }).getByText(EDITED).waitFor()
  await moves(page, 'Approve', async (form) => {
    const boxes = form.getByRole('checkbox')
    await boxes.first().waitFor()
    expect(await boxes.count()).toBe(checklistOf('complaint').length)
    for (const box of await boxes.all()) await box.check()
  })
  await happened(page, 'Approved')
}

async function sends(number: string): Promise<void> {
  const page = await opened('editor', number)
  await button(page, 'Send to the chancellery').click()
  await happened(page, 'Sent to the chancellery')
  // The document that goes with it is made meanwhile.
  await page
    .getByRole('region', { name: 'Official document' })
    .getByText(/sent to the chancellery/)
    .waitFor()
}

async function replies({ how, number }: Filed): Promise<void> {
  const page = await opened('chancellery', number)
  await moves(page, 'Take in', async (form) => {
    await form.getByRole('textbox', { name: 'Incoming number' }).fill(`K-${number}`)
  })
  await moves(page, 'Assign executors', async (form) => {
    await form.getByRole('textbox', { name: /^Executors/ }).fill('Yuridik boʻlim')
    await form.getByRole('combobox', { name: 'Add one who is known' }).fill('Saodat')
    await page.getByRole('option', { name: 'Saodat Hasanova' }).click()
  })
  const facts = page.getByRole('region', { name: 'Facts' })
  await facts.getByText('Yuridik boʻlim (lead), Saodat Hasanova').waitFor()
  await facts.getByText(`K-${number}`).waitFor()
  const attachments = page.getByRole('region', { name: 'Attachments' })
  if (how !== BY_CALL) await attachments.getByText('ruxsatnoma.pdf', { exact: true }).waitFor()
  await attachments.getByRole('button', { name: 'Attach to the reply' }).waitFor()
  await attachments.locator('input[type=file]').setInputFiles({ name: 'javob.pdf', ...LETTER })
  await attachments.getByText('javob.pdf', { exact: true }).waitFor()
  await moves(page, 'Reply', async (form) => {
    await form.getByRole('radio', { name: 'Satisfied' }).check()
    await form.getByRole('textbox', { name: 'Text of the reply' }).fill(REPLY)
  })
  await happened(page, 'Replied')
}

async function closes(number: string): Promise<void> {
  const page = await opened('chancellery', number)
  const [told, close] = [button(page, 'The citizen was told'), button(page, 'Close the appeal')]
  await told.or(close).first().waitFor()
  // The message itself says so, but none is sent while people sleep.
  if (await told.isVisible())
    await moves(page, 'The citizen was told', async (form) => {
      await form.getByRole('radio', { name: 'by phone' }).check()
    })
  await close.click()
  await happened(page, 'Closed')
}

async function card(number: string): Promise<AppealCard> {
  const [row, ...others] = await copy.get(AppealRow.array(), `/appeals?search=${number}`)
  expect(others).toEqual([])
  return await copy.get(AppealCard, `/appeals/${row?.id}`)
}

// The ways ---------------------------------------------------------------------

test.each([
  [WITHOUT, false],
  [WITH, true],
] as const)('filed %s, with a file and the code from the message', async (how, javaScriptEnabled) => {
  const phone = newNumber()
  const page = await newPage({ ...PHONE, javaScriptEnabled })
  const number = await filesInPortal(page, phone)
  expect(number).toMatch(/^A-\d{4}-\d{6}$/)
  filed.push({ how, number, phone, page, codes: 1 })
})

test('registered by an agent during a call', async () => {
  const { page } = agent
  const { citizen, number: phone } = await copy.dial()
  void citizen.walk(['1', '1', '1'])
  await page.getByRole('heading', { name: 'Incoming call' }).waitFor({ timeout: OFFER_WITHIN_MS })
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: 'Talking', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Register an appeal' }).click()
  await page.getByRole('radio', { name: 'Complaint' }).check()
  await page.getByLabel('Citizen’s full name').fill('Yusupov Sardor')
  // The number that calls is proposed; it is read back to the citizen.
  const telephone = page.getByRole('textbox', { name: 'SMS with number and code goes to' })
  expect((await telephone.inputValue()).replaceAll(' ', '')).toBe(phone)
  await page.getByRole('textbox', { name: 'Text of the appeal' }).fill(WORDS)
  await page.keyboard.press('Control+Enter')
  const number = (await page.getByRole('link', { name: /^A-\d{4}-\d{6}$/ }).textContent()) ?? ''
  await citizen.call.hangUp()
  await page.getByRole('heading', { name: 'Call ended' }).waitFor()
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Waiting for a call' }).waitFor()
  const one = { how: BY_CALL, number, phone, page: await newPage(PHONE), codes: 0 }
  await followsByMessage(one)
  filed.push(one)
})

test.each([WITHOUT, WITH, BY_CALL])(
  'what was filed %s is edited, approved by another, handed over, answered and closed',
  async (asked) => {
    const one = filed.find(({ how }) => how === asked)
    if (!one) throw new Error(`Nothing was filed ${asked}`)
    const { number } = one
    await edits(number)
    await approves(number)
    await sends(number)
    await replies(one)
    await readsAndRates(one)
    await closes(number)
    const { incomingNumber, moves: done, outcome, status } = await card(number)
    expect({ incomingNumber, outcome, status }).toEqual({
      incomingNumber: `K-${number}`,
      outcome: 'satisfied',
      status: 'closed',
    })
    const doers = done.map(({ action, byName }) =>
      action === 'notify' ? action : `${action} ${byName ?? 'citizen'}`,
    )
    expect(doers).toEqual([
      `register ${asked === BY_CALL ? 'Dilnoza Karimova' : 'citizen'}`,
      'classify Zilola Murodova',
      'edit Zilola Murodova',
      'write Zilola Murodova',
      'approve Saodat Hasanova',
      'dispatch Zilola Murodova',
      'receive Nodira Inoyatova',
      'assign Nodira Inoyatova',
      'reply Nodira Inoyatova',
      'notify',
      'close Nodira Inoyatova',
    ])
  },
)
