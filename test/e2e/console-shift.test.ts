/** A whole shift with calls of every ending, in three languages, without a mouse: against the make-believe server. */
import { expect, test } from 'vitest'
import { consoleStage, isTooWide } from './console-stage.ts'
import { sayIn, type ShiftLanguage, ShiftAtTheDesk, watchHands } from './shift-at-the-desk.ts'

const stage = consoleStage()
const world = () => stage.mock().world
const agent = () => world().agent('agent1')

type Ending = [name: string, happens: (shift: ShiftAtTheDesk) => Promise<void>]

const ENDINGS: Ending[] = [
  ['a question answered by the script', answeredByTheScript],
  ['a question of a topic the menu did not know', topicIsTyped],
  ['an appeal', appealIsRegistered],
  ['disputed', disputed],
  ['given to another queue', givenToAQueue],
  ['a colleague is asked, and gets it', colleagueGetsIt],
  ['missed', missed],
  ['declined', declined],
  ['the citizen gives up while it rings', givesUp],
  ['back to its queue', backToItsQueue],
  ['a callback', callback],
]

test.each<ShiftLanguage>(['uz', 'ru', 'en'])('a whole shift in %s', async (language) => {
  const page = await stage.signedIn('agent1', { language, before: watchHands })
  const shift = new ShiftAtTheDesk(page, { say: await sayIn(language), language })
  await shift.heading('Your line is ready').waitFor()
  await shift.picture('ready')
  await shift.press('F2')
  await shift.heading('Waiting for a call').waitFor()
  await shift.picture('waiting')
  for (const [name, happens] of ENDINGS) {
    await happens(shift)
    expect(await isTooWide(page), name).toBe(false)
  }
  await takesTheQuiz(shift)
  await breakBetweenCalls(shift)
  expect(world().wrappedUp.map(({ wrapUp }) => wrapUp.outcome)).toEqual([
    'resolved',
    'resolved',
    'unresolved',
    'disputed',
    'explained',
    'explained',
    'explained',
    'resolved',
    'resolved',
  ])
  await shift.wasCalm()
  await signsOut(shift)
})

async function answeredByTheScript(shift: ShiftAtTheDesk): Promise<void> {
  const { page } = shift
  world().ring('agent1')
  await shift.heading('Incoming call').waitFor()
  await shift.picture('offer')
  await shift.takesIt()
  const done = page
    .getByRole('region', { name: shift.say('Call script') })
    .getByRole('checkbox', { checked: true })
  await page.getByText('operator Dilnoza Karimova').waitFor()
  await shift.press('s', { shownAs: 'S' })
  await expect.poll(() => done.count()).toBe(1)
  await shift.press('s', { shownAs: 'S' })
  await expect.poll(() => done.count()).toBe(2)
  await shift.press('a', { shownAs: 'A' })
  const resolved = shift.outcome('Resolved')
  await page.getByText(/^(Javob|Ответ)$/).waitFor()
  await shift.press('a', { shownAs: 'A' })
  await expect.poll(() => resolved.isChecked()).toBe(true)
  await nothingMoves(shift)
  await shift.picture('talking')
  await endsIt(shift)
  await shift.picture('wrap-up')
  await shift.finishes()
}

/** What is told of other people's work leaves her form where it stands. */
async function nothingMoves({ page, say }: ShiftAtTheDesk): Promise<void> {
  const note = page.getByRole('textbox', { name: say('Note') })
  const before = await note.boundingBox()
  const [appeal] = world().appeals
  const [call] = world().calls
  for (let n = 0; n < 5; n++) {
    world().chatSaid({ login: 'supervisor1', text: `Navbat ${n}` })
    world().say({ type: 'appealChanged', appeal: appeal?.id ?? '' }, () => true)
    world().say({ type: 'callChanged', call: call?.id ?? '' }, () => true)
  }
  // The button of the chat counts them, and the one that was there: they have come.
  await page.getByRole('banner').getByText('6', { exact: true }).waitFor()
  expect(await note.boundingBox()).toEqual(before)
}

/** She ends it by the key that asks twice. */
async function endsIt(shift: ShiftAtTheDesk): Promise<void> {
  await shift.press('e', { shownAs: 'E E' })
  await shift.page.getByRole('button', { name: shift.say('Press E again to end') }).waitFor()
  await shift.page.keyboard.press('e')
  await shift.heading('Call ended').waitFor()
}

async function topicIsTyped(shift: ShiftAtTheDesk): Promise<void> {
  const { page, say } = shift
  world().ring('agent1', { topic: null, topicNames: null })
  await shift.takesIt()
  await page.keyboard.press('n')
  await page.keyboard.type('Muddat haqida soʻradi.')
  const topic = page.getByRole('combobox', { name: say('Topic') })
  agent().endCall()
  await shift.finishes(
    async () => {
      await page.keyboard.press('Shift+Tab')
      await expect.poll(() => topic.evaluate((one) => one === document.activeElement)).toBe(true)
      await page.keyboard.type('royxatdan otish muddat')
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
      await expect.poll(() => topic.inputValue()).toBe('')
    },
    () => shift.press('Alt+1'),
  )
}

async function appealIsRegistered(shift: ShiftAtTheDesk): Promise<void> {
  const { page, say } = shift
  world().ring('agent1')
  await shift.takesIt()
  await shift.press('Alt+3')
  await shift.press('r', { shownAs: 'R' })
  const kind = page
    .getByRole('radiogroup', { name: say('Kind') })
    .getByRole('radio', { name: say('Complaint') })
  await kind.focus()
  await page.keyboard.press('Space')
  await expect.poll(() => kind.isChecked()).toBe(true)
  await page.getByLabel(say('Citizen’s full name')).focus()
  await page.keyboard.type('Gulchehra Abdullayeva')
  await page.getByRole('textbox', { name: say('Text of the appeal') }).focus()
  await page.keyboard.type('Arizam ikki haftadan beri tasdiqlanmayapti.')
  await shift.picture('appeal')
  const before = world().appeals.length
  await shift.press('Control+Enter', { shownAs: 'Ctrl+Enter' })
  await expect.poll(() => world().appeals.length).toBe(before + 1)
  await page.getByText(say('Appeal registered:')).waitFor()
  agent().endCall()
  await shift.finishes()
}

async function disputed(shift: ShiftAtTheDesk): Promise<void> {
  world().ring('agent1')
  await shift.takesIt()
  agent().endCall()
  await shift.finishes(() => shift.press('Alt+4'))
}

async function givenToAQueue(shift: ShiftAtTheDesk): Promise<void> {
  const { page, say } = shift
  world().ring('agent1')
  await shift.takesIt()
  await shift.press('x', { shownAs: 'X' })
  const group = page.getByRole('group', { name: say('To whom') })
  await group.getByRole('radio', { name: /^(Murojaatlar|Обращения)/ }).waitFor()
  await page.keyboard.type(language(shift) === 'ru' ? 'обращ' : 'muroj')
  await expect.poll(() => group.getByRole('radio').count()).toBe(1)
  await shift.picture('hand-over')
  await page.keyboard.press('Enter')
  await shift.finishes(() => shift.press('Alt+2'))
  expect(world().handedTo).toEqual([{ queue: 'appeals' }])
}

/** A name in the language of the queues, which English has not. */
const language = ({ say }: ShiftAtTheDesk) => (say('Talking') === 'Разговор' ? 'ru' : 'uz')

async function colleagueGetsIt(shift: ShiftAtTheDesk): Promise<void> {
  const { page, say } = shift
  const name = 'Lola Ergasheva'
  world().ring('agent1')
  await shift.takesIt()
  await shift.press('x', { shownAs: 'X' })
  const group = page.getByRole('group', { name: say('To whom') })
  await group.getByRole('radio', { name }).waitFor()
  await page.keyboard.type('lola')
  await expect.poll(() => group.getByRole('radio').count()).toBe(1)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: `${say('Calling')} ${name}` }).waitFor()
  agent().talk('helperCame')
  await page.getByRole('heading', { name: `${say('Consulting')} ${name}` }).waitFor()
  await shift.picture('consulting')
  await page.keyboard.press('x')
  await page.getByRole('button', { name: say('Press X again') }).waitFor()
  await page.keyboard.press('x')
  await shift.finishes(() => shift.press('Alt+2'))
}

async function missed(shift: ShiftAtTheDesk): Promise<void> {
  world().ring('agent1')
  await shift.heading('Incoming call').waitFor()
  agent().miss()
  await shift.heading('You missed a call').waitFor()
  await shift.picture('missed')
  await shift.press('F2')
  await shift.heading('Waiting for a call').waitFor()
}

async function declined(shift: ShiftAtTheDesk): Promise<void> {
  world().ring('agent1')
  await shift.heading('Incoming call').waitFor()
  await shift.press('Escape', { shownAs: 'Esc' })
  await shift.heading('You declined a call').waitFor()
  await shift.press('F2')
  await shift.heading('Waiting for a call').waitFor()
}

async function givesUp(shift: ShiftAtTheDesk): Promise<void> {
  world().ring('agent1')
  await shift.heading('Incoming call').waitFor()
  agent().withdraw()
  await shift.heading('Waiting for a call').waitFor()
}

async function backToItsQueue(shift: ShiftAtTheDesk): Promise<void> {
  const { page, say } = shift
  world().ring('agent1')
  await shift.takesIt()
  await shift.press('x', { shownAs: 'X' })
  const queue = language(shift) === 'ru' ? 'Приём' : 'Qabul'
  const back = page.getByRole('button', {
    name: say('Back to its place in the queue {{queue}}', { queue }),
  })
  await back.press('Enter')
  await shift.finishes(() => shift.press('Alt+2'))
}

/** He is reached, and she takes a break after it. */
async function callback(shift: ShiftAtTheDesk): Promise<void> {
  world().offerCallback('agent1')
  await shift.heading('Callback').waitFor()
  await shift.press('F2')
  await shift.page.getByRole('region', { name: shift.say('Calling back') }).waitFor()
  await shift.picture('calling-back')
  agent().reached()
  await shift.heading('Talking').waitFor()
  await endsIt(shift)
  await shift.press('Alt+1')
  await shift.press('Control+Shift+Enter', { shownAs: 'Ctrl+Shift+Enter' })
  await shift.page.getByRole('heading', { name: /^(Dam olish|Отдых|Перерыв)/ }).waitFor()
  await shift.picture('break')
  await shift.press('F2')
  await shift.heading('Waiting for a call').waitFor()
}

/** A queue of hers requires a course from now on: she reads, answers, passes, and is offered its calls. */
async function takesTheQuiz(shift: ShiftAtTheDesk): Promise<void> {
  const { page, say } = shift
  const [queues, course] =
    language(shift) === 'ru' ? ['Обращения', 'Культура обслуживания'] : ['Murojaatlar', 'Xizmat madaniyati']
  world().requireCourse('appeals', 1)
  const notice = page.getByRole('main').getByRole('alert').filter({ hasText: queues })
  const link = notice.getByRole('link', { name: course })
  await link.waitFor()
  await shift.picture('course-required')
  await link.press('Enter')
  await page.getByRole('heading', { name: course, level: 1 }).waitFor()
  await page.getByRole('button', { name: say('I have read it'), exact: true }).press('Enter')
  await page.getByText(say('read'), { exact: true }).waitFor()
  await page.getByRole('button', { name: say('Answer the quiz') }).press('Enter')
  const right = page.getByRole('radio', { name: /^(Kutganingiz uchun rahmat|Спасибо за ожидание)$/ })
  await right.press('Space')
  await expect.poll(() => right.isChecked()).toBe(true)
  await shift.picture('quiz')
  await page.getByRole('button', { name: say('Done') }).press('Enter')
  await page
    .getByRole('region', { name: say('Result') })
    .getByText(say('Passed'), { exact: true })
    .waitFor()
  await page.getByRole('link', { name: say('Desk'), exact: true }).press('Enter')
  await shift.heading('Waiting for a call').waitFor()
  await expect.poll(() => notice.count()).toBe(0)
  world().ring('agent1', { queue: 'appeals', queueNames: { uz: 'Murojaatlar', ru: 'Обращения' } })
  await shift.takesIt()
  agent().endCall()
  await shift.finishes(() => shift.press('Alt+1'))
}

async function breakBetweenCalls(shift: ShiftAtTheDesk): Promise<void> {
  await shift.press('Alt+2')
  await shift.page
    .getByRole('main')
    .getByRole('heading', { name: /^(Tushlik|Обед)/ })
    .waitFor()
  expect(agent().now()).toMatchObject({ status: 'onBreak', breakReason: 'lunch' })
  await shift.press('F2')
  await shift.heading('Waiting for a call').waitFor()
}

async function signsOut({ page, say }: ShiftAtTheDesk): Promise<void> {
  await page.getByRole('button', { name: 'Dilnoza Karimova' }).press('Enter')
  await page.getByRole('menuitem', { name: say('Sign out') }).press('Enter')
  await page.getByRole('button', { name: say('Sign in') }).waitFor()
}
