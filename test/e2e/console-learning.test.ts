/** Courses: written by a supervisor, required by a queue, read and answered by an agent. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { becomeAvailable, consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()

/** A course of one article with two questions, published by a supervisor. */
async function publishCourse(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Courses', exact: true }).click()
  await page.getByRole('link', { name: 'Make a course' }).click()
  await page.getByRole('heading', { name: 'Make a course', level: 1 }).waitFor()
  await page.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Qabul qoidalari')
  await page.getByRole('textbox', { name: 'Name in Russian' }).fill('Правила приёма')
  await page.getByRole('searchbox', { name: 'Find an article to add' }).fill('hujjat')
  await page
    .getByRole('button', { name: /^Add [^a]/ })
    .first()
    .click()
  await page.getByRole('list', { name: 'Articles of the course' }).getByRole('listitem').waitFor()
  const first = page.getByRole('group', { name: 'Question 1', exact: true })
  await first.getByRole('textbox', { name: 'What is asked, in Uzbek' }).fill('<b>Qaysi hujjat?</b> 😀')
  await first.getByRole('textbox', { name: 'Answer 1, in Uzbek' }).fill('Pasport')
  await first.getByRole('textbox', { name: 'Answer 2, in Uzbek' }).fill('Hech qanday')
  await first.getByText('None of the answers is marked as right.').waitFor()
  await first.getByRole('group', { name: 'Answer 1' }).getByRole('checkbox').check()
  await first.getByRole('textbox', { name: 'Why, in Uzbek' }).fill('Qonun shunday deydi')
  await page.getByRole('button', { name: 'Add a question' }).click()
  const second = page.getByRole('group', { name: 'Question 2', exact: true })
  await second.getByRole('textbox', { name: 'What is asked, in Russian' }).fill('Какие сроки?')
  await second.getByRole('button', { name: 'Add an answer' }).click()
  for (const [place, text] of ['Июнь', 'Июль', 'Январь'].entries()) {
    await second.getByRole('textbox', { name: `Answer ${place + 1}, in Russian` }).fill(text)
    if (place < 2)
      await second
        .getByRole('group', { name: `Answer ${place + 1}` })
        .getByRole('checkbox')
        .check()
  }
  const mark = page.getByRole('textbox', { name: 'Passed from, % of the questions' })
  await mark.fill('101')
  await page.getByText('A whole number from 1 to 100, please.').first().waitFor()
  expect(await page.getByRole('button', { name: 'Publish' }).getAttribute('aria-disabled')).toBe('true')
  expect(await problemsOf(page)).toEqual([])
  await mark.fill('100')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('heading', { name: 'Qabul qoidalari', level: 1 }).waitFor()
  await page
    .getByRole('region', { name: 'Versions' })
    .getByText(/Version 1 · published/)
    .waitFor()
}

async function requireCourse(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Queues', exact: true }).click()
  await page.getByRole('link', { name: 'Murojaatlar' }).click()
  const attestation = page.getByRole('region', { name: 'Attestation' })
  await attestation.getByRole('checkbox', { name: /^Qabul qoidalari/ }).check()
  await attestation.getByText(/^Nobody of the 4 agents is attested/).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved: it holds from now on, also for those who wait.').waitFor()
}

test('a supervisor makes a course, a queue requires it, and an agent reads, fails, learns why and passes', async () => {
  const supervisor = await stage.signedIn('supervisor1')
  await publishCourse(supervisor)
  const admin = await stage.signedIn('admin')
  await requireCourse(admin)
  expect(await problemsOf(admin)).toEqual([])

  const agent = await stage.signedIn('agent1')
  await becomeAvailable(agent)
  const notice = agent.getByRole('alert').filter({ hasText: 'You are not offered calls of “Murojaatlar”.' })
  await notice.getByRole('link', { name: 'Qabul qoidalari' }).click()
  await agent.getByRole('heading', { name: 'Qabul qoidalari', level: 1 }).waitFor()
  expect(await agent.getByRole('button', { name: 'Answer the quiz' }).getAttribute('aria-disabled')).toBe(
    'true',
  )
  await agent.getByRole('button', { name: 'I have read it' }).click()
  await agent.getByText('read', { exact: true }).waitFor()
  expect(await problemsOf(agent)).toEqual([])
  await agent.getByRole('button', { name: 'Answer the quiz' }).click()

  const first = agent.getByRole('group', { name: /^Question 1/ })
  await first.getByText('<b>Qaysi hujjat?</b> 😀').waitFor()
  await first.getByRole('radio', { name: 'Hech qanday' }).check()
  // A call came in between and the page was left: what was chosen is there again.
  await agent.reload()
  await agent.getByRole('button', { name: 'Answer the quiz' }).click()
  expect(await first.getByRole('radio', { name: 'Hech qanday' }).isChecked()).toBe(true)
  const second = agent.getByRole('group', { name: /^Question 2/ })
  await second.getByRole('checkbox', { name: 'Июнь' }).check()
  await second.getByRole('checkbox', { name: 'Июль' }).check()
  expect(await problemsOf(agent)).toEqual([])
  await agent.getByRole('button', { name: 'Done' }).click()

  const result = agent.getByRole('region', { name: 'Result' })
  await result.getByText('Not passed').waitFor()
  await result.getByText('right: 1 of 2, 50 %; needed: 100 %').waitFor()
  await result.getByText('Qonun shunday deydi').waitFor()
  expect(await problemsOf(agent)).toEqual([])

  await agent.getByRole('button', { name: 'Answer the quiz again' }).click()
  await first.getByRole('radio', { name: 'Pasport' }).check()
  await second.getByRole('checkbox', { name: 'Июнь' }).check()
  await second.getByRole('checkbox', { name: 'Июль' }).check()
  await agent.getByRole('button', { name: 'Done' }).click()
  await result.getByText('Passed', { exact: true }).waitFor()
  await agent.getByRole('link', { name: 'Desk', exact: true }).click()
  await agent.getByRole('heading', { name: 'Waiting for a call' }).waitFor()
  await expect.poll(() => notice.count()).toBe(0)

  await supervisor.getByRole('link', { name: 'All courses' }).click()
  const row = supervisor.getByRole('row', { name: /^Dilnoza Karimova/ })
  await row.getByText(/^attested until/).waitFor()
  await supervisor
    .getByRole('row', { name: /^Sherzod Aliyev/ })
    .getByText('not attested in “Qabul qoidalari”')
    .waitFor()
  expect(await problemsOf(supervisor)).toEqual([])
})

test('the pages of learning fit their screen, and say everything in Russian too', async () => {
  await publishCourse(await stage.signedIn('supervisor1'))
  const supervisor = await stage.signedIn('supervisor1', { language: 'ru' })
  await supervisor.getByRole('link', { name: 'Курсы', exact: true }).click()
  await supervisor.getByRole('link', { name: 'Правила приёма' }).click()
  await supervisor.getByRole('region', { name: 'Вопросы' }).waitFor()
  expect(await isTooWide(supervisor)).toBe(false)
  expect(await problemsOf(supervisor)).toEqual([])
  const agent = await stage.signedIn('agent2', { language: 'ru' })
  await agent.getByRole('link', { name: 'Мои курсы' }).click()
  await agent.getByRole('link', { name: 'Правила приёма' }).click()
  await agent.getByRole('button', { name: 'Пройти тест' }).waitFor()
  expect(await isTooWide(agent)).toBe(false)
  expect(await problemsOf(agent)).toEqual([])
})
