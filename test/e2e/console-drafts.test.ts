/** What an administrator has typed in the long forms outlives a reload, until it is saved or thrown away. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { paths } from '../../console/paths.ts'
import { madeId, PASSWORD } from '../../console/dev/mock-data.ts'
import { demoMenu, keepDraft } from '../../console/dev/mock-flows.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()

type Form = { at: string; field: (page: Page) => ReturnType<Page['locator']>; typed: string }

const FORMS: [string, Form][] = [
  [
    'a queue',
    {
      at: paths.queue('appeals'),
      field: (page) => page.getByRole('textbox', { name: 'An offer rings for, seconds' }),
      typed: '47',
    },
  ],
  [
    'a person',
    {
      at: paths.person(madeId(1, 2)),
      field: (page) => page.getByRole('textbox', { name: 'Full name' }),
      typed: 'Lola Ergasheva-Karimova',
    },
  ],
  ['the calendar', { at: paths.calendar(), field: (page) => page.getByLabel('Works from'), typed: '07:45' }],
  [
    'messages to callers',
    {
      at: paths.readyMessages(),
      field: (page) => page.getByRole('textbox', { name: 'Text in Uzbek' }).first(),
      typed: 'Murojaat shu yerda: {portal}',
    },
  ],
  [
    'breaks and wrap-up',
    {
      at: paths.breaks(),
      field: (page) => page.getByRole('textbox', { name: 'Wrap-up, seconds' }),
      typed: '75',
    },
  ],
  [
    'outcomes',
    {
      at: paths.outcomes(),
      field: (page) => page.getByRole('textbox', { name: 'Called in Uzbek' }).first(),
      typed: 'Hal boʻldi',
    },
  ],
  [
    'the organisation',
    {
      at: paths.organisation(),
      field: (page) => page.getByRole('textbox', { name: 'Other telephones, one to a line' }),
      typed: '+998712351196',
    },
  ],
  [
    'calls outside',
    {
      at: paths.dialling(),
      field: (page) => page.getByRole('textbox', { name: /^May be called/ }),
      typed: '+998\n+7495',
    },
  ],
  [
    'calling back',
    {
      at: paths.callbackSettings(),
      field: (page) => page.getByRole('textbox', { name: 'from', exact: true }),
      typed: '20:30',
    },
  ],
  [
    'what waiting callers are told',
    {
      at: paths.information(),
      field: (page) => page.getByRole('textbox').locator('visible=true').first(),
      typed: 'Yakshanba kuni ham ishlaymiz.',
    },
  ],
  [
    'the portal',
    {
      at: paths.portal(),
      field: (page) => page.getByRole('textbox', { name: 'Announcement in Uzbek' }),
      typed: 'Tizimda uzilish',
    },
  ],
]

test.each(FORMS)(
  'what is typed about %s survives a reload and is thrown away by hand',
  async (_name, form) => {
    const page = await stage.signedIn('admin')
    await page.goto(stage.mock().address + form.at)
    const field = form.field(page)
    await field.waitFor()
    const saved = await field.inputValue()
    await field.fill(form.typed)
    await field.blur()
    await page.reload()
    await field.waitFor()
    expect(await field.inputValue()).toBe(form.typed)
    await page.getByRole('button', { name: 'Show what was saved' }).click()
    await expect.poll(() => field.inputValue()).toBe(saved)
    await page.reload()
    await field.waitFor()
    expect(await field.inputValue()).toBe(saved)
  },
)

test.each([
  [
    'the way to the chancellery',
    paths.dispatch(),
    {
      open: (page: Page) => page.getByRole('radio', { name: 'Over HTTP to its own system' }).check(),
      field: 'Address of its system',
      typed: 'https://devonxona.example/in',
      secret: 'Secret that both know',
    },
  ],
  [
    'a trunk',
    paths.trunks(),
    {
      open: async (page: Page) => {
        await page.getByRole('button', { name: 'Add a trunk' }).click()
        await page.getByRole('checkbox', { name: 'The carrier wants us to register' }).check()
      },
      field: 'Server',
      typed: 'sip.example.uz',
      secret: 'Password',
    },
  ],
] as const)(
  'what is typed about %s survives a reload, and its secret is kept nowhere',
  async (_name, at, { field, open, secret, typed }) => {
    const page = await stage.signedIn('admin')
    await page.goto(stage.mock().address + at)
    await open(page)
    await page.getByRole('textbox', { name: field, exact: true }).fill(typed)
    await page.getByLabel(secret, { exact: true }).fill('kuchli-parol-5')
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toContain(typed)
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('kuchli-parol-5')
    await page.reload()
    await open(page)
    expect(await page.getByRole('textbox', { name: field, exact: true }).inputValue()).toBe(typed)
    expect(await page.getByLabel(secret, { exact: true }).inputValue()).toBe('')
  },
)

test('a topic half typed, a person half added and those who signed too survive a reload', async () => {
  const page = await stage.signedIn('admin')
  await page.goto(stage.mock().address + paths.classifier())
  await page.getByRole('button', { name: 'Add a topic at the top' }).click()
  await page.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Yangi boʻlim')
  await page.reload()
  await page.getByText('Yangi boʻlim').waitFor()
  await page.getByRole('button', { name: 'Show what was saved' }).click()
  await expect.poll(() => page.getByText('Yangi boʻlim').count()).toBe(0)

  await page.goto(stage.mock().address + paths.people())
  const login = page.getByRole('textbox', { name: 'Login', exact: true })
  await login.fill('lola')
  await page.reload()
  await login.waitFor()
  expect(await login.inputValue()).toBe('lola')

  const editor = await stage.signedIn('editor1')
  await editor.goto(stage.mock().address + paths.appeal(madeId(3, 0)))
  await editor.getByRole('button', { name: 'Change who filed it' }).click()
  const signers = editor.getByRole('textbox', { name: /^Who signed too/ })
  await signers.fill('Olim Karimov, Toshkent')
  await editor.reload()
  await signers.waitFor()
  expect(await signers.inputValue()).toBe('Olim Karimov, Toshkent')
  await editor.getByRole('button', { name: 'Cancel' }).click()
  await editor.reload()
  await editor.getByRole('button', { name: 'Change who filed it' }).waitFor()
})

test('what is typed beside a citizen’s card survives a reload: a number, who calls for it, and a room of the chat', async () => {
  const page = await stage.signedIn('supervisor1')
  const card = madeId(4, 3)
  const fields = stage.mock().world.citizens.get(card)?.fields
  if (fields) fields.kind = 'legalEntity'
  await page.goto(stage.mock().address + paths.citizen(card))
  const number = page.getByRole('textbox', { name: 'Telephone number' })
  const contacts = page.getByRole('region', { name: 'Who calls for it' })
  const role = contacts.getByRole('textbox', { name: 'What he is there' })
  const room = page.getByRole('textbox', { name: 'Name of the room' })
  await number.fill('71 200 10 10')
  await contacts.getByRole('searchbox').fill('Rustam')
  await contacts.getByRole('button', { name: /^Rustam Abdullayev/ }).click()
  await role.fill('direktor')
  await page.keyboard.press('F8')
  await page.getByText('New room', { exact: true }).click()
  await room.fill('Qabul')
  await page.reload()
  await room.waitFor()
  expect(await room.inputValue()).toBe('Qabul')
  await contacts.getByText('Rustam Abdullayev').waitFor()
  expect(await role.inputValue()).toBe('direktor')
  expect(await number.inputValue()).toBe('71 200 10 10')
  await page.getByRole('button', { name: 'Open the room' }).click()
  await contacts.getByRole('button', { name: 'Add' }).click()
  await contacts.getByRole('searchbox').waitFor()
  await page
    .getByRole('region', { name: 'Telephone numbers' })
    .getByRole('button', { name: 'Add', exact: true })
    .click()
  await expect.poll(() => number.inputValue()).toBe('')
  await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage).join())).not.toMatch(/citizen|room/)
})

test('the telephone of an appeal, the language of its document and the reasons of an export and a refusal survive a reload', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(stage.mock().address + paths.appeal(madeId(3, 1)))
  const language = page.getByRole('combobox', { name: 'Language of the document' })
  const telephone = page.getByRole('textbox', { name: 'Telephone of the citizen' })
  await page.getByRole('button', { name: 'Name another telephone' }).click()
  await telephone.fill('+998 91')
  await language.selectOption('uz-Cyrl')
  await page.reload()
  await telephone.waitFor()
  expect(await telephone.inputValue()).toBe('+998 91')
  expect(await language.inputValue()).toBe('uz-Cyrl')

  await page.goto(stage.mock().address + paths.appeals())
  const asksWhy = page.getByRole('button', { name: 'Export the list…' })
  const why = page.getByRole('dialog').getByRole('textbox', { name: 'Reason' })
  await asksWhy.click()
  await why.fill('Oylik hisobot')
  await page.reload()
  await asksWhy.click()
  expect(await why.inputValue()).toBe('Oylik hisobot')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await asksWhy.click()
  expect(await why.inputValue()).toBe('')

  const officer = await stage.signedIn('officer1')
  await officer.goto(stage.mock().address + paths.recordingRequests())
  const refuse = officer.getByRole('button', { name: /^Refuse the recording of/ }).first()
  const refusal = officer.getByRole('dialog').getByRole('textbox')
  await refuse.click()
  await refusal.fill('Boshqa shaxs soʻzlagan')
  await officer.reload()
  await refuse.click()
  expect(await refusal.inputValue()).toBe('Boshqa shaxs soʻzlagan')
})

test('a draft that is older than what somebody else has saved is shown beside the choice between the two', async () => {
  const page = await stage.signedIn('admin')
  const { world } = stage.mock()
  await page.goto(stage.mock().address + paths.breaks())
  const seconds = page.getByRole('textbox', { name: 'Wrap-up, seconds' })
  await seconds.fill('75')
  world.rules = { ...world.rules, wrapUpSeconds: 90 }
  world.keptRules = { ...world.keptRules, changedAt: Date.now() }
  await page.reload()
  await page.getByRole('alert').getByText('Somebody else has saved this meanwhile.').waitFor()
  expect(await seconds.inputValue()).toBe('75')
  await page.getByRole('button', { name: 'Take what is saved, drop mine' }).click()
  await expect.poll(() => seconds.inputValue()).toBe('90')
})

test('a queue, a skill, a day and a year that are being added survive a reload', async () => {
  const page = await stage.signedIn('admin')
  const box = (name: string) => page.getByRole('textbox', { name, exact: true })
  await page.goto(stage.mock().address + paths.queues())
  const queue = page.getByRole('region', { name: 'Add a queue' })
  await queue.getByRole('textbox', { name: 'Code' }).fill('exams')
  await queue.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Imtihonlar')
  await page.reload()
  await queue.waitFor()
  expect(await queue.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('exams')
  expect(await queue.getByRole('textbox', { name: 'Name in Uzbek' }).inputValue()).toBe('Imtihonlar')

  await page.goto(stage.mock().address + paths.agentSkills())
  await box('Word in the rules').fill('exams')
  await page.reload()
  await box('Word in the rules').waitFor()
  expect(await box('Word in the rules').inputValue()).toBe('exams')

  await page.goto(stage.mock().address + paths.calendar())
  const day = page.getByRole('group', { name: 'Add a day' })
  await day.getByLabel('Day', { exact: true }).fill('21.03.2027')
  await day.getByRole('textbox', { name: 'Name' }).fill('Navroʻz')
  await page.getByText('Import a year').click()
  const year = page.getByRole('textbox', { name: /^One day a line/ })
  await year.fill('2027-01-01 holiday 5,6 Yangi yil')
  await page.reload()
  await year.waitFor()
  expect(await year.inputValue()).toBe('2027-01-01 holiday 5,6 Yangi yil')
  expect(await day.getByLabel('Day', { exact: true }).inputValue()).toBe('21.03.2027')
  expect(await day.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Navroʻz')
  await page.getByRole('button', { name: 'Take over 1 day' }).click()
  await day.getByRole('button', { name: 'Add the day' }).click()
  await page.reload()
  await day.waitFor()
  expect(await day.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('')
  expect(await year.isVisible()).toBe(false)
})

test('the moment from which callers walk a menu survives a reload, and is forgotten with the dialog', async () => {
  keepDraft(stage.mock().world, { basedOn: null, body: demoMenu(), by: 'Bekzod' })
  const page = await stage.signedIn('admin')
  await page.goto(stage.mock().address + paths.flow('main'))
  const open = () => page.getByRole('button', { name: 'Publish …' }).click()
  const dialog = page.getByRole('dialog')
  const moment = dialog.getByRole('textbox', { name: 'Moment, by the clocks of Tashkent' })
  await open()
  await dialog.getByRole('radio', { name: 'from a moment on' }).check()
  await moment.fill('31.12.2026 8:00')
  await page.reload()
  await open()
  await moment.waitFor()
  expect(await moment.inputValue()).toBe('31.12.2026 08:00')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await open()
  expect(await dialog.getByRole('radio', { name: 'from now on' }).isChecked()).toBe(true)
})

test('a promise to call back that is being made survives a reload', async () => {
  const { page } = await stage.talking()
  const moment = page.getByRole('textbox', { name: 'Moment, by the clocks of Tashkent' })
  await page.keyboard.press('o')
  await page.getByRole('radio', { name: 'I do' }).check()
  await page.getByRole('radio', { name: 'not before a moment' }).check()
  await moment.fill('31.12.2026 11:00')
  await page.reload()
  await page.getByRole('heading', { name: 'Talking', exact: true }).waitFor()
  await page.keyboard.press('o')
  await moment.waitFor()
  expect(await moment.inputValue()).toBe('31.12.2026 11:00')
  expect(await page.getByRole('radio', { name: 'I do' }).isChecked()).toBe(true)
})

test('a tab that is full loses nothing that is typed, says so, and is quiet once there is room', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(`${stage.mock().address}/citizens/new`)
  const name = page.getByLabel('Name in Latin letters')
  await name.fill('Gul')
  await page.evaluate(() => {
    for (let characters = 4_000_000; characters >= 1; ) {
      try {
        sessionStorage.setItem(`filler ${characters} ${sessionStorage.length}`, 'x'.repeat(characters))
      } catch {
        characters = Math.floor(characters / 2)
      }
    }
  })
  const said = page.getByRole('status').getByText('This browser has no room for more that is not saved.')
  await name.fill('Gulchehra Abdullayeva')
  await said.waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('link', { name: 'Calls', exact: true }).click()
  await page.getByRole('heading', { name: 'Calls', exact: true }).waitFor()
  await page.goBack()
  expect(await name.inputValue()).toBe('Gulchehra Abdullayeva')
  const asked = page.waitForEvent('dialog')
  const left = page.close({ runBeforeUnload: true })
  expect((await asked).type()).toBe('beforeunload')
  await (await asked).dismiss()
  await left
  await page.evaluate(() => sessionStorage.clear())
  await name.fill('Gulchehra Karimova')
  await said.waitFor({ state: 'detached' })
  await page.reload()
  expect(await name.inputValue()).toBe('Gulchehra Karimova')
})

test('whoever is signed out by force finds what he typed; the next person at the computer does not', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(`${stage.mock().address}/citizens/new`)
  const name = page.getByLabel('Name in Latin letters')
  for (const one of stage.mock().world.staff) one.interfaceLanguage = 'en'
  const signInAs = async (login: string) => {
    stage.mock().world.say({ type: 'signedOut', reason: 'elsewhere' }, () => true)
    await page.locator('input[name=login]').fill(login)
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('banner').waitFor()
    await page.goto(`${stage.mock().address}/citizens/new`)
    await name.waitFor()
  }
  await name.fill('Gulchehra Abdullayeva')
  await signInAs('supervisor1')
  expect(await name.inputValue()).toBe('Gulchehra Abdullayeva')
  await signInAs('agent1')
  expect(await name.inputValue()).toBe('')
})
