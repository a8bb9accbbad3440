/** What an administrator has typed in the long forms outlives a reload, until it is saved or thrown away. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { paths } from '../../console/paths.ts'
import { madeId } from '../../console/dev/mock-data.ts'
import { consoleStage } from './console-stage.ts'

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
      field: (page) => page.getByRole('textbox', { name: 'Name', exact: true }),
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
