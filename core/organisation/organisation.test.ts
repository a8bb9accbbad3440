import { expect, test } from 'vitest'
import { checkOrganisation, type OrganisationForm } from './organisation.ts'

const NOTHING = { uz: '', ru: '' }
const FORM: OrganisationForm = {
  names: { uz: 'Agentlik', ru: 'Агентство' },
  shortNumber: '1195',
  phones: ['+998712351195'],
  address: NOTHING,
  hours: NOTHING,
  appealPrefix: 'A',
}
const told = (part: Partial<OrganisationForm>) =>
  checkOrganisation({ ...FORM, ...part }).map(({ row, field, code }) => `${row} ${field} ${code}`)

test('names in two languages, a number and a prefix are enough', () => {
  expect(told({})).toEqual([])
  expect(told({ phones: [], names: { ...FORM.names, cyrillic: '', en: 'Agency' } })).toEqual([])
})

test.each([
  ['no name in Russian', { names: { uz: 'Agentlik', ru: ' ' } }, 'names ru required'],
  ['a name without an end', { names: { ...FORM.names, en: 'a'.repeat(201) } }, 'names en tooLong'],
  ['no number to call', { shortNumber: '' }, 'contacts shortNumber badNumber'],
  ['a number in words', { shortNumber: 'bir-bir' }, 'contacts shortNumber badNumber'],
  ['half a telephone', { phones: ['71 235'] }, 'contacts phones badPhone'],
  ['an address in one language only', { address: { uz: 'Toshkent', ru: '' } }, 'address ru required'],
  ['hours in one language only', { hours: { uz: '', ru: 'Пн–Пт' } }, 'hours uz required'],
  ['a prefix in small letters', { appealPrefix: 'a' }, 'appeals appealPrefix badPrefix'],
  ['a prefix with a dash', { appealPrefix: 'A-1' }, 'appeals appealPrefix badPrefix'],
])('%s is told at its field', (_what, part, problem) => {
  expect(told(part)).toEqual([problem])
})

test('telephones are told by their line', () => {
  const phones = ['+998712351195', 'yoʻq']
  expect(checkOrganisation({ ...FORM, phones })).toMatchObject([{ params: { line: 2, value: 'yoʻq' } }])
  expect(told({ phones: Array.from({ length: 11 }, () => '+998712351195') })).toEqual([
    'contacts phones tooMany',
  ])
})
