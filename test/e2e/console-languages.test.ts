/** A whole call in every language, without a fault axe can find, and the change from one language to another. */
import { expect, test } from 'vitest'
import { consoleStage, problemsOf } from './console-stage.ts'
import { EVERY_PAGE } from './every-page.ts'
import { untranslatedOf } from './untranslated.ts'

const stage = consoleStage()

const DESK = {
  uz: {
    ready: 'Liniyangiz tayyor',
    waiting: 'Qoʻngʻiroq kutilmoqda',
    offer: 'Kiruvchi qoʻngʻiroq',
    talking: 'Suhbat',
    ended: 'Suhbat tugadi',
  },
  'uz-Cyrl': {
    ready: 'Линиянгиз тайёр',
    waiting: 'Қўнғироқ кутилмоқда',
    offer: 'Кирувчи қўнғироқ',
    talking: 'Суҳбат',
    ended: 'Суҳбат тугади',
  },
  ru: {
    ready: 'Ваша линия готова',
    waiting: 'Ожидание звонка',
    offer: 'Входящий звонок',
    talking: 'Разговор',
    ended: 'Звонок завершён',
  },
  en: {
    ready: 'Your line is ready',
    waiting: 'Waiting for a call',
    offer: 'Incoming call',
    talking: 'Talking',
    ended: 'Call ended',
  },
} as const

test.each(Object.keys(DESK) as (keyof typeof DESK)[])('an agent’s whole call in %s', async (language) => {
  const texts = DESK[language]
  const page = await stage.signedIn('agent1', { language })
  const shows = (name: string) => page.getByRole('heading', { name }).first().waitFor()
  await shows(texts.ready)
  expect(await page.locator('html').getAttribute('lang')).toBe(language)
  expect(await problemsOf(page)).toEqual([])
  await page.keyboard.press('F2')
  await shows(texts.waiting)
  expect(await problemsOf(page)).toEqual([])
  stage.mock().world.ring('agent1')
  await shows(texts.offer)
  expect(await problemsOf(page)).toEqual([])
  await page.keyboard.press('F2')
  await shows(texts.talking)
  expect(await problemsOf(page)).toEqual([])
  stage.mock().world.agent('agent1').endCall()
  await shows(texts.ended)
  expect(await problemsOf(page)).toEqual([])
})

test('the language chosen before signing in becomes one’s own', async () => {
  const page = await (await stage.context()).newPage()
  await page.goto(stage.mock().address)
  await page.getByRole('button', { name: 'Ўзбекча' }).click()
  await page.getByRole('heading', { name: 'Javob' }).waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.getByLabel('Логин').fill('editor1')
  await page.getByRole('textbox', { name: 'Парол' }).fill('javob')
  await page.getByRole('button', { name: 'Тизимга кириш' }).click()
  await page.getByRole('heading', { name: 'Қўнғироқлар' }).waitFor()
  expect(stage.mock().world.staff.find(({ login }) => login === 'editor1')?.interfaceLanguage).toBe('uz-Cyrl')
})

test('what was typed before the words of the chosen language arrive is kept, and one goes on typing', async () => {
  const page = await (await stage.context()).newPage()
  const words = Promise.withResolvers<void>()
  await page.route(/\/ru-[^/]*\.js$/, async (route) => {
    await words.promise
    await route.continue()
  })
  await page.goto(stage.mock().address)
  const asked = page.waitForRequest(/\/ru-[^/]*\.js$/)
  await page.getByRole('button', { name: 'Русский' }).click()
  await asked
  await page.keyboard.type('age')
  words.resolve()
  await page.getByRole('textbox', { name: 'Логин' }).waitFor()
  await page.keyboard.type('nt1')
  await page.keyboard.press('Tab')
  await page.keyboard.type('javob')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: DESK.ru.ready }).waitFor()
})

test('the language is changed in the middle of a call, and nothing filled in is lost', async () => {
  const page = await stage.signedIn('agent1')
  await page.getByRole('heading', { name: DESK.en.ready }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: DESK.en.waiting }).waitFor()
  stage.mock().world.ring('agent1')
  await page.getByRole('heading', { name: DESK.en.offer }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Note' }).fill('Muddat haqida')
  await page.getByRole('button', { name: 'Dilnoza Karimova' }).click()
  await page.getByRole('menuitemradio', { name: 'Русский' }).click()
  await page.getByRole('heading', { name: DESK.ru.talking, exact: true }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Примечание' }).inputValue()).toBe('Muddat haqida')
  await page.getByRole('status', { name: 'Линия' }).getByText('Линия готова').waitFor()
})

test.each(EVERY_PAGE)('%s, who reads Russian, reads no English on his pages', async (login, addresses) => {
  const page = await stage.signedIn(login, { language: 'ru' })
  for (const address of addresses) {
    await page.goto(`${stage.mock().address}${address}`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await expect.poll(() => page.getByLabel('Загрузка').count()).toBe(0)
    expect(await untranslatedOf(page), address).toEqual([])
  }
})

test('a text that nobody translated is found', async () => {
  const page = await (await stage.context()).newPage()
  await page.setContent('<button>Yes, that is so: A-2026-000122</button><input placeholder="Search, key F">')
  expect(await untranslatedOf(page)).toEqual(['Search, key F', 'Yes, that is so: A-2026-000122'])
})
