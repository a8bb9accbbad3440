/** The team's chat: live, quiet, masked by role, beside everything and over nothing. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { becomeAvailable, consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const world = () => stage.mock().world
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const chat = (page: Page) => page.getByRole('complementary', { name: 'Team chat' })
const chatButton = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Team chat/ })
const message = (page: Page) => chat(page).getByRole('textbox', { name: 'Message' })
const messages = (page: Page) => chat(page).getByRole('region', { name: 'Messages' })

async function inTheRoomOfEverybody(login: string): Promise<Page> {
  const page = await stage.signedIn(login)
  await page.keyboard.press('F8')
  await chat(page)
    .getByRole('button', { name: /^Everybody/ })
    .click()
  await messages(page).getByText('Assalomu alaykum').waitFor()
  return page
}

function meet(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}
type Box = { x: number; y: number; width: number; height: number }

async function boxOf(what: Locator): Promise<Box> {
  const box = await what.boundingBox()
  if (!box) throw new Error('It is not on the screen')
  return box
}

test('what a colleague writes is counted, without a sound or a move, and read when the room is opened', async () => {
  const page = await stage.signedIn('agent1')
  await heading(page, 'Your line is ready').waitFor()
  await page.getByRole('button', { name: 'Team chat, unread: 1' }).waitFor()
  const place = await boxOf(page.getByRole('button', { name: 'Become available' }))
  world().chatSaid({ login: 'supervisor1', text: 'The site is slow today.' })
  await page.getByRole('button', { name: 'Team chat, unread: 2' }).waitFor()
  expect(await boxOf(page.getByRole('button', { name: 'Become available' }))).toEqual(place)
  expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0)

  await page.keyboard.press('F8')
  await chat(page)
    .getByRole('button', { name: /^Everybody/ })
    .click()
  await messages(page).getByText('The site is slow today.').waitFor()
  await page.getByRole('button', { name: 'Team chat', exact: true }).waitFor()
  // He who reads the room has read what comes into it.
  world().chatSaid({ login: 'officer1', text: 'Thank you.' })
  await messages(page).getByText('Thank you.').waitFor()
  await expect.poll(() => Math.max(...world().chat.read.values())).toBe(3)
})

test('a message is sent by Enter, stands there once, and is with the others at once', async () => {
  const [agent, supervisor] = [
    await inTheRoomOfEverybody('agent1'),
    await inTheRoomOfEverybody('supervisor1'),
  ]
  await message(agent).fill('One line')
  await message(agent).press('Shift+Enter')
  await message(agent).pressSequentially('and another')
  await message(agent).press('Enter')
  await messages(supervisor).getByText('One line\nand another').waitFor()
  await expect.poll(() => message(agent).inputValue()).toBe('')
  expect(await messages(agent).getByText('and another').count()).toBe(1)
})

test('a citizen’s number is covered for an agent and readable to a supervisor', async () => {
  const [agent, supervisor] = [
    await inTheRoomOfEverybody('agent1'),
    await inTheRoomOfEverybody('supervisor1'),
  ]
  world().chatSaid({ login: 'agent2', text: 'Please ring +998 90 123 45 67' })
  await messages(supervisor).getByText('Please ring +998 90 123 45 67').waitFor()
  await messages(agent).getByText('Please ring +••• •• ••• •• 67').waitFor()
  await messages(agent).getByText('Personal data is covered for your role.').waitFor()
  expect(await agent.content()).not.toContain('123 45')
})

test('somebody is called by name, typed in either script, and sees that he is', async () => {
  const supervisor = await inTheRoomOfEverybody('supervisor1')
  const agent = await stage.signedIn('agent1')
  await message(supervisor).pressSequentially('Look, @дил')
  await chat(supervisor).getByRole('option', { name: 'Dilnoza Karimova' }).waitFor()
  await message(supervisor).press('Enter')
  await expect.poll(() => message(supervisor).inputValue()).toBe('Look, @Dilnoza Karimova ')
  await message(supervisor).press('Enter')
  await messages(supervisor).getByText('@Dilnoza Karimova').waitFor()
  await expect.poll(() => chatButton(agent).locator('[data-mentioned]').count()).toBe(1)
})

test('two people write to each other, and nobody else has the room', async () => {
  const page = await stage.signedIn('agent1')
  await page.keyboard.press('F8')
  await chat(page).getByRole('combobox', { name: 'Write to' }).fill('Malika')
  await page.getByRole('option', { name: 'Malika Yusupova' }).click()
  await heading(page, 'Malika Yusupova').waitFor()
  await message(page).fill('Between us')
  await message(page).press('Enter')
  await messages(page).getByText('Between us').waitFor()
  const other = await stage.signedIn('agent2')
  await other.keyboard.press('F8')
  await chat(other)
    .getByRole('button', { name: /^Everybody/ })
    .waitFor()
  expect(
    await chat(other)
      .getByRole('button', { name: /Dilnoza/ })
      .count(),
  ).toBe(0)
})

test('the call in progress is linked to a message, and a supervisor opens it from there', async () => {
  const agent = await stage.signedIn('agent1')
  await becomeAvailable(agent)
  world().ring('agent1')
  await heading(agent, 'Incoming call').waitFor()
  await agent.keyboard.press('F2')
  await heading(agent, 'Talking').waitFor()
  await agent.keyboard.press('F8')
  await chat(agent)
    .getByRole('button', { name: /^Everybody/ })
    .click()
  await chat(agent).getByRole('button', { name: 'Link my call' }).click()
  await message(agent).fill('What do I say?')
  await message(agent).press('Enter')
  const linked = messages(agent).getByRole('link', { name: 'Open the call' })
  await linked.waitFor()
  expect(await linked.getAttribute('href')).toBe(`/calls/${world().agent('agent1').now().call?.id}`)
})

test('an appeal is told of from its card', async () => {
  const page = await stage.signedIn('supervisor1')
  const appeal = world().appeals[0]
  await page.goto(`${stage.mock().address}/appeals/${appeal?.id}`)
  await page.getByRole('button', { name: 'Tell colleagues' }).click()
  await chat(page)
    .getByRole('button', { name: /^Everybody/ })
    .click()
  await chat(page).getByText(`About the appeal ${appeal?.number}`).waitFor()
  await chat(page).getByRole('button', { name: 'Send' }).click()
  await messages(page)
    .getByRole('link', { name: `Appeal ${appeal?.number}` })
    .waitFor()
})

test('an offer is never covered by the chat, and takes nothing of what is typed there', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  await page.keyboard.press('F8')
  await chat(page)
    .getByRole('button', { name: /^Everybody/ })
    .click()
  await message(page).fill('I am wri')
  world().ring('agent1')
  await heading(page, 'Incoming call').waitFor()
  const offer = page.getByRole('region', { name: 'Incoming call' })
  expect(meet(await boxOf(offer), await boxOf(chat(page)))).toBe(false)
  await page.keyboard.type('ting')
  expect(await message(page).inputValue()).toBe('I am writing')
  expect(world().agent('agent1').now().status).toBe('ringing')

  // On another page the offer lies over everything.
  await page.keyboard.press('F2')
  await heading(page, 'Talking').waitFor()
  world().agent('agent1').endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.press('Alt+1')
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  await page.getByRole('link', { name: 'Calls', exact: true }).click()
  await page.getByRole('table').waitFor()
  world().ring('agent1')
  const accept = page.getByRole('region', { name: 'Incoming call' }).getByRole('button', { name: 'Accept' })
  await accept.click({ trial: true })
  expect(await message(page).inputValue()).toBe('I am writing')
})

test('on a small screen the chat goes while a call rings, and is back with what was typed', async () => {
  const page = await stage.signedIn('agent1', { viewport: { width: 683, height: 500 } })
  await becomeAvailable(page)
  await page.keyboard.press('F8')
  await chat(page)
    .getByRole('button', { name: /^Everybody/ })
    .click()
  await message(page).fill('Half a sent')
  world().ring('agent1')
  await page.getByRole('button', { name: 'Accept' }).click({ trial: true })
  expect(await chat(page).isVisible()).toBe(false)
  world().agent('agent1').withdraw()
  await expect.poll(() => message(page).inputValue()).toBe('Half a sent')
  expect(await isTooWide(page)).toBe(false)
})

test('what is typed survives a reload, and a server that is away; it is sent once', async () => {
  const page = await inTheRoomOfEverybody('agent1')
  await message(page).fill('Not sent yet')
  await page.reload()
  await messages(page).getByText('Assalomu alaykum').waitFor()
  expect(await message(page).inputValue()).toBe('Not sent yet')
  stage.mock().goAway()
  await page.getByRole('status').getByText('Connection lost.').waitFor()
  await message(page).press('Enter')
  await chat(page).getByRole('alert').getByText('The server cannot be reached.').waitFor()
  expect(await message(page).inputValue()).toBe('Not sent yet')
  world().chatSaid({ login: 'supervisor1', text: 'Said meanwhile' })
  stage.mock().comeBack()
  await page.getByText('Connection lost.').waitFor({ state: 'detached' })
  await messages(page).getByText('Said meanwhile').waitFor()
  await message(page).press('Enter')
  await messages(page).getByText('Not sent yet').waitFor()
  expect(world().chat.messages.filter(({ text }) => text === 'Not sent yet')).toHaveLength(1)
})

test('whatever is written is shown as text', async () => {
  const page = await inTheRoomOfEverybody('supervisor1')
  const hostile = '<img src=x onerror=alert(1)> =HYPERLINK("x") \u202eabc 🙂 שלום <b>bold</b>'
  world().chatSaid({ login: 'agent1', text: hostile })
  await messages(page).getByText(hostile).waitFor()
  expect(await messages(page).locator('img').count()).toBe(0)
  world().chatSaid({ login: 'agent1', text: 'x'.repeat(4_000) })
  await messages(page).getByText('xxxx').waitFor()
  expect(await isTooWide(page)).toBe(false)
  // 100 kB pasted stay whole, and how much is too much is said.
  await message(page).evaluate((area: HTMLTextAreaElement) => {
    area.focus()
    document.execCommand('insertText', false, 'y'.repeat(100_000))
  })
  await page.getByText(/^Too long: at most 4.?000 characters/).waitFor()
  expect((await message(page).inputValue()).length).toBe(100_000)
})

test('the chat is whole for those who hear it, and leaves nothing behind at the sign-out', async () => {
  const page = await inTheRoomOfEverybody('supervisor1')
  await message(page).fill('@dil')
  await chat(page).getByRole('option').first().waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await message(page).fill('Personal')
  await page.getByRole('button', { name: 'Malika Yusupova' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Personal')
  expect(await chat(page).count()).toBe(0)
})

test('an administrator has no chat', async () => {
  const page = await stage.signedIn('admin')
  await page.keyboard.press('F8')
  expect(await chatButton(page).count()).toBe(0)
})
