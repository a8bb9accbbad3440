/** An agent's day at the desk, in a real browser against the make-believe server. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { becomeAvailable, consoleStage } from './console-stage.ts'

const stage = consoleStage()
const agent1 = () => stage.mock().world.agent('agent1')
const heading = (page: Page, name: string) => page.getByRole('heading', { name })

const anAgentTalking = async (): Promise<Page> => (await stage.talking()).page

test('an agent signs in, and her line comes up and proves its sound by itself', async () => {
  const page = await stage.signedIn('agent1')
  await heading(page, 'Your line is ready').waitFor()
  await page.getByRole('status', { name: 'Line' }).getByText('Line ready').waitFor()
  expect(agent1().now()).toMatchObject({ status: 'onBreak', breakReason: 'justSignedIn', line: 'proven' })
})

test('a wrong password is said, and nothing else', async () => {
  const page = await (await stage.context()).newPage()
  await page.goto(stage.mock().address)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByLabel('Login').fill('agent1')
  await page.getByRole('textbox', { name: 'Password' }).fill('guess')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('The login or the password is not right.').waitFor()
})

test('a call is taken, wrapped up and finished without the mouse', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  const call = stage.mock().world.ring('agent1')
  await heading(page, 'Incoming call').waitFor()
  await page.getByText('+998 90 123 45 67').waitFor()
  await page.getByText('Gulchehra Abdullayeva · Calls: 3, open appeals: 1').waitFor()

  // The focus is on „Accept".
  await page.keyboard.press('Enter')
  await heading(page, 'Talking').waitFor()
  await page.keyboard.press('n')
  await page.keyboard.type('He hums: mute, hold, end. E E.')
  expect(agent1().now()).toMatchObject({
    status: 'talking',
    call: { state: 'talking', muted: false, endedAt: null },
  })

  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.type(' Bye.')
  await page.keyboard.press('Alt+2')
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  expect(stage.mock().world.wrappedUp).toEqual([
    {
      call,
      wrapUp: {
        outcome: 'explained',
        topics: ['01.01'],
        note: 'He hums: mute, hold, end. E E. Bye.',
        citizen: null,
      },
    },
  ])
})

test('a wrap-up that lacks something says what, and is not sent', async () => {
  const page = await anAgentTalking()
  agent1().endCall()
  await page.getByRole('status').getByText('Choose the outcome').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Finish', exact: true }).click({ force: true })
  expect(stage.mock().world.wrappedUp).toEqual([])
  await page.getByRole('radio', { name: 'Disputed' }).check({ force: true })
  await page.getByRole('button', { name: 'Finish and take a break' }).click()
  await heading(page, 'Dam olish').waitFor()
  expect(stage.mock().world.wrappedUp).toHaveLength(1)
})

test('topics are found in either script, and the menu’s own is there already', async () => {
  const page = await anAgentTalking()
  const topic = page.getByRole('combobox', { name: 'Topic' })
  await page.getByText('Roʻyxatdan oʻtish', { exact: true }).last().waitFor()
  await page.keyboard.press('t')
  await topic.pressSequentially('апелляция')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Alt+1')
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  const [sent] = stage.mock().world.wrappedUp
  expect(sent?.wrapUp.topics).toHaveLength(2)
  expect(sent?.wrapUp.topics[0]).toBe('01.01')
})

test('holding, muting, key tones and ending, by keys that ask twice before they hang up', async () => {
  const page = await anAgentTalking()
  await page.keyboard.press('h')
  await heading(page, 'On hold').waitFor()
  await page.keyboard.press('h')
  await heading(page, 'Talking').waitFor()
  await page.keyboard.press('m')
  await heading(page, 'Talking, muted').waitFor()
  await page.keyboard.press('m')

  await page.keyboard.press('k')
  await page.getByRole('button', { name: '5' }).click()
  await page.keyboard.press('7')
  await expect.poll(() => stage.mock().world.digits).toEqual(['5', '7'])
  await page.keyboard.press('Escape')

  await page.keyboard.press('e')
  await page.getByRole('button', { name: 'Press E again to end' }).waitFor()
  expect(agent1().now().status).toBe('talking')
  await page.keyboard.press('e')
  await heading(page, 'Call ended').waitFor()
})

test('a reload in the middle of a call loses nothing', async () => {
  const page = await anAgentTalking()
  await page.getByRole('textbox', { name: 'Note' }).fill('Asked about the deadline.')
  await page.keyboard.press('Alt+3')
  await page.getByRole('radio', { name: 'Gulchehra Abdullayeva' }).check()
  await page.reload()
  await heading(page, 'Talking').waitFor()
  expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Asked about the deadline.')
  expect(await page.getByRole('radio', { name: 'Unresolved' }).isChecked()).toBe(true)
  expect(await page.getByRole('radio', { name: 'Gulchehra Abdullayeva' }).isChecked()).toBe(true)
  await page.getByRole('status', { name: 'Line' }).getByText('Line ready').waitFor()
})

test('a missed call says so and leads back', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  stage.mock().world.ring('agent1')
  await heading(page, 'Incoming call').waitFor()
  agent1().miss()
  await heading(page, 'You missed a call').waitFor()
  await page.getByRole('button', { name: 'Become available' }).click()
  await heading(page, 'Waiting for a call').waitFor()
})

test('a call is declined with Escape, and a withdrawn one goes as it came', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  stage.mock().world.ring('agent1')
  await heading(page, 'Incoming call').waitFor()
  agent1().withdraw()
  await heading(page, 'Waiting for a call').waitFor()
  stage.mock().world.ring('agent1')
  await heading(page, 'Incoming call').waitFor()
  await page.keyboard.press('Escape')
  await heading(page, 'You declined a call').waitFor()
})

test('an appeal is registered from the wrap-up, once, and its number is shown', async () => {
  const page = await anAgentTalking()
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Register an appeal' }).click()
  await page.getByRole('radio', { name: 'Complaint' }).check()
  await page.getByLabel('Citizen’s full name').fill('Gulchehra Abdullayeva')
  await page
    .getByRole('textbox', { name: 'Text of the appeal' })
    .fill('My application has not been confirmed for two weeks.')
  const telephone = page.getByRole('textbox', { name: 'SMS with number and code goes to' })
  expect(await telephone.inputValue(), 'the number that calls is proposed').toMatch(/^\+998/)
  await page.getByRole('checkbox', { name: 'The citizen wants no SMS' }).check()
  expect(await telephone.isDisabled()).toBe(true)
  await page.getByRole('checkbox', { name: 'The citizen wants no SMS' }).uncheck()
  await telephone.fill('12')
  await page.getByText('Write a mobile number of Uzbekistan').waitFor()
  await telephone.fill('93 765 43 21')
  await page.getByRole('status').getByText('Register the appeal or discard it').waitFor()
  await page.getByRole('button', { name: 'Register', exact: true }).click()
  const newest = () => stage.mock().world.appeals[0]
  await expect.poll(() => newest()?.citizenName).toBe('Gulchehra Abdullayeva')
  const registered = newest()
  await page.getByRole('link', { name: registered?.number ?? '', exact: true }).waitFor()
  expect(registered).toMatchObject({
    kind: 'complaint',
    citizenName: 'Gulchehra Abdullayeva',
    topic: '01.01',
    telephone: '+998937654321',
  })
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
})

test('a line that is lost in a call is dialled again while the agent is told', async () => {
  const page = await anAgentTalking()
  await page.evaluate(() => window.dispatchEvent(new CustomEvent('screens.line', { detail: 'lost' })))
  await page.getByRole('alert').getByText('The caller hears music').waitFor()
  await page.getByRole('status', { name: 'Line' }).getByText('Line ready').waitFor()
  await page.getByText('The caller hears music').waitFor({ state: 'detached' })
  expect(agent1().now().status).toBe('talking')
})

test('the newest window has the line; the older says so and can take it back', async () => {
  const older = await stage.signedIn('agent1')
  await becomeAvailable(older)
  const newer = await older.context().newPage()
  await newer.goto(`${stage.mock().address}/desk`)
  await heading(older, 'Your line is in another window').waitFor()
  await heading(newer, 'Waiting for a call').waitFor()
  await older.getByRole('button', { name: 'Use this window' }).click()
  await heading(older, 'Waiting for a call').waitFor()
  await heading(newer, 'Your line is in another window').waitFor()
})

test('another page opened beside the desk leaves the line where it is', async () => {
  const desk = await stage.signedIn('agent1')
  await becomeAvailable(desk)
  const beside = await desk.context().newPage()
  await beside.goto(`${stage.mock().address}/calls`)
  await beside.getByRole('table').waitFor()
  await beside.getByRole('status', { name: 'Line' }).getByText('Line off').waitFor()
  await heading(desk, 'Waiting for a call').waitFor()
})

test('a call that comes while the agent searches elsewhere takes nothing she types', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  await page.getByRole('link', { name: 'Calls', exact: true }).click()
  const search = page.getByRole('searchbox', { name: 'Search by number or agent' })
  await search.fill('998 9')
  stage.mock().world.ring('agent1')
  await page.getByRole('alert').getByText('Incoming call').waitFor()
  await page.keyboard.type('3 ')
  await page.keyboard.press('Enter')
  expect(await search.inputValue()).toBe('998 93 ')
  expect(agent1().now().status).toBe('ringing')
  await page.keyboard.press('F2')
  await heading(page, 'Talking').waitFor()
})

test('a server that goes away is said, and forgotten when it is back', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  stage.mock().goAway()
  await page.getByRole('status').getByText('Connection lost.').waitFor()
  stage.mock().comeBack()
  await page.getByText('Connection lost.').waitFor({ state: 'detached' })
  stage.mock().world.ring('agent1')
  await heading(page, 'Incoming call').waitFor()
})

test('a shift is ended and begun again', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  await page.getByRole('button', { name: 'My status: Available' }).click()
  await page.getByRole('menuitem', { name: 'End the shift' }).click()
  await heading(page, 'You are off shift').waitFor()
  await page.keyboard.press('F2')
  await heading(page, 'Your line is ready').waitFor()
})

test('signing out ends the line and leaves no draft behind', async () => {
  const page = await anAgentTalking()
  await page.getByRole('textbox', { name: 'Note' }).fill('Personal')
  await page.getByRole('button', { name: 'Dilnoza Karimova' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Personal')
})
