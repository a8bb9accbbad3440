/** Citizens' cards, as those who answer and those who look after them see them. */
import { expect, test } from 'vitest'
import { changeCitizen } from '../../console/dev/mock-citizen-routes.ts'
import { madeId } from '../../console/dev/mock-data.ts'
import { consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const gulchehra = madeId(4, 1)
const at = (path: string) => `${stage.mock().address}${path}`
const stored = (id: string) => stage.mock().world.citizens.get(id)?.fields

test('a citizen is found in the other script, and the card shows of a document no more than its ends', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.getByRole('link', { name: 'Citizens' }).click()
  await page.getByRole('searchbox', { name: 'Search by name, number or PINFL' }).fill('гулчеҳра')
  await expect.poll(() => page.url()).toContain('search=')
  await page.getByRole('link', { name: 'Gulchehra Abdullayeva' }).click()
  await page.getByRole('heading', { name: 'Gulchehra Abdullayeva' }).waitFor()
  await page.getByText(/^Гулчеҳра Абдулла/).waitFor()
  await page.getByText('4*********0010').waitFor()

  await page.getByRole('button', { name: 'Show in full: PINFL' }).click()
  await page.getByText('40201902050010').waitFor()
  await page.getByText('Opened in full: PINFL').waitFor()
  await page.getByRole('button', { name: 'Hide: PINFL' }).click()
  await page.getByText('4*********0010').waitFor()
  expect(await page.locator('img[src=x]').count()).toBe(0)
})

test('what was typed on a card survives a reload, a wrong PINFL is said, and the card is saved by Enter', async () => {
  const page = await stage.signedIn('agent1')
  await page.goto(at(`/citizens/${gulchehra}`))
  await page.getByRole('button', { name: 'Edit the card' }).click()
  await page.getByLabel('Name in Latin letters').fill('Gulchehra Abdullaeva')
  await page.getByLabel('PINFL').fill('40201902050011')
  await page.getByText('Not saved yet').waitFor()
  await page.reload()
  await page.getByText('Not saved yet').waitFor()
  expect(await page.getByLabel('Name in Latin letters').inputValue()).toBe('Gulchehra Abdullaeva')
  await page.getByRole('button', { name: 'Save the card' }).click()
  await page.getByText('A digit is wrong: the last one does not fit the others.').waitFor()
  expect(stored(gulchehra)?.name).toBe('Gulchehra Abdullayeva')
  await page.getByLabel('PINFL').fill('40201902050010')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Gulchehra Abdullaeva' }).waitFor()
  expect(stored(gulchehra)).toMatchObject({ name: 'Gulchehra Abdullaeva', pinfl: '40201902050010' })
})

test('of two who edit a card the second sees both, takes what only the other changed, and chooses the rest', async () => {
  const page = await stage.signedIn('agent1')
  await page.goto(at(`/citizens/${gulchehra}`))
  await page.getByRole('button', { name: 'Edit the card' }).click()
  await page.getByRole('textbox', { name: 'Note on the card' }).fill('mine')
  await page.getByLabel('Language').selectOption('ru')
  const { world } = stage.mock()
  changeCitizen(world, { id: gulchehra, fields: { note: 'theirs', region: '1730' }, by: 'Malika Yusupova' })

  const alert = page.getByRole('alert')
  await alert.getByText('Malika Yusupova changed this card meanwhile').waitFor()
  await alert.getByText('Fargʻona viloyati').waitFor()
  // Nothing of mine was touched.
  expect(await page.getByRole('textbox', { name: 'Note on the card' }).inputValue()).toBe('mine')
  await page.getByRole('button', { name: 'Save the card' }).click({ force: true })
  expect(stored(gulchehra)?.note).toBe('theirs')

  await alert.getByRole('radio', { name: 'Mine: mine' }).check()
  await alert.getByRole('button', { name: 'Put both together and save' }).click()
  await page.getByRole('button', { name: 'Edit the card' }).waitFor()
  expect(stored(gulchehra)).toMatchObject({ note: 'mine', region: '1730', language: 'ru' })
})

test('a supervisor compares two cards, merges them, and parts them again', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(at(`/citizens/${gulchehra}`))
  await page.getByLabel('Find another card to merge into this one').fill('абдуллаева')
  await page.getByRole('button', { name: 'Compare with Abdullayeva Gulchexra' }).click()
  await page.getByRole('cell', { name: 'Not asked → Given' }).waitFor()
  await page.getByRole('button', { name: 'Merge into this card' }).click()
  await page.getByText('Two cards merged').waitFor()
  await page.getByText('+998 93 555 01 22', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Part Abdullayeva Gulchexra from this card' }).click()
  await page.getByText('Two cards parted').waitFor()
  await expect.poll(() => page.getByText('+998 93 555 01 22', { exact: true }).count()).toBe(0)
  expect(stored(gulchehra)?.consent).toBe('notAsked')
})

test('an agent may not merge, and whoever makes a card finds it open', async () => {
  const page = await stage.signedIn('agent1')
  await page.goto(at(`/citizens/${gulchehra}`))
  await page.getByRole('heading', { name: 'Gulchehra Abdullayeva' }).waitFor()
  expect(await page.getByLabel('Find another card to merge into this one').count()).toBe(0)
  await page.getByRole('link', { name: 'All citizens' }).click()
  await page.getByRole('link', { name: 'New card' }).click()
  await page.getByRole('radio', { name: 'Legal entity' }).check()
  expect(await page.getByLabel('PINFL').count()).toBe(0)
  await page.getByLabel('Name in Latin letters').fill('Nur MChJ')
  await page.getByLabel('STIR').fill('301 234 567')
  await page.getByLabel('Telephone number').fill('71 200 10 10')
  await page.getByRole('button', { name: 'Save the card' }).click()
  await page.getByRole('heading', { name: 'Nur MChJ' }).waitFor()
  await page.getByText('+998 71 200 10 10').waitFor()
  await page.getByRole('button', { name: 'Not his: +998 71 200 10 10' }).click()
  await page.getByText('not his number').waitFor()
})

test.each([1366, 683])(
  'list, card and form have nothing that axe complains of, %i pixels wide',
  async (width) => {
    const page = await stage.signedIn('supervisor1', { viewport: { width, height: 768 } })
    await page.goto(at('/citizens'))
    await page.getByRole('table', { name: 'Citizens' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.goto(at(`/citizens/${gulchehra}`))
    await page.getByRole('button', { name: 'Edit the card' }).waitFor()
    expect([await problemsOf(page), await isTooWide(page)]).toEqual([[], false])
    await page.getByRole('button', { name: 'Edit the card' }).click()
    await page.getByLabel('Name in Latin letters').waitFor()
    expect([await problemsOf(page), await isTooWide(page)]).toEqual([[], false])
  },
)

test('a legal entity has its address and those who call for it, and the desk says for whom a caller calls', async () => {
  const page = await stage.signedIn('agent1')
  await page.goto(at('/citizens/new'))
  await page.getByRole('radio', { name: 'Legal entity' }).check()
  await page.getByLabel('Name in Latin letters').fill('Ziyo MChJ')
  await page.getByLabel('STIR').fill('301234567')
  await page.getByLabel('Address').fill('Toshkent, Navoiy 1')
  await page.getByRole('button', { name: 'Save the card' }).click()
  await page.getByRole('heading', { name: 'Ziyo MChJ' }).waitFor()
  await page.getByText('Toshkent, Navoiy 1').waitFor()
  const contacts = page.getByRole('region', { name: 'Who calls for it' })
  await contacts.getByRole('searchbox', { name: 'Find a person by name, number or PINFL' }).fill('Rustam')
  await contacts.getByRole('button', { name: /^Rustam Abdullayev/ }).click()
  expect(await contacts.getByRole('button', { name: 'Add' }).getAttribute('aria-disabled')).toBe('true')
  await contacts.getByRole('textbox', { name: 'What he is there' }).fill('<b>direktor</b>')
  await contacts.getByRole('button', { name: 'Add' }).click()
  await contacts.getByText('<b>direktor</b>').waitFor()
  await page.getByText('Somebody who calls for it was added').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await contacts.getByRole('link', { name: 'Rustam Abdullayev' }).click()
  await page.getByRole('region', { name: 'Calls for' }).getByRole('link', { name: 'Ziyo MChJ' }).click()
  await contacts.getByRole('button', { name: 'No more: Rustam Abdullayev' }).click()
  await contacts.getByText('Nobody is known.').waitFor()
  expect(await isTooWide(page)).toBe(false)
})
