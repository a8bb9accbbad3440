import { expect, test } from 'vitest'
import { documentFacts } from './document-facts.ts'
import { checkTemplate, DOCUMENT_LANGUAGES, REQUIRED_FIELDS, type TemplateTag } from './document-fields.ts'
import { sampleAppeal } from './sample-appeal.ts'

const field = (name: string): TemplateTag => ({ name, kind: 'field' })
const open = (name: string): TemplateTag => ({ name, kind: 'open' })
const close = (name: string): TemplateTag => ({ name, kind: 'close' })
const required = REQUIRED_FIELDS.map(field)

test.each<[what: string, tags: TemplateTag[], problems: string[]]>([
  ['what is needed and nothing else', [], []],
  [
    'a list in a condition',
    [open('hasAttachments'), open('attachments'), field('name'), close('attachments'), close('')],
    [],
  ],
  ['a place nobody knows', [field('familiya')], ['unknownPlace familiya']],
  ['the same unknown place twice', [field('x'), field('x')], ['unknownPlace x']],
  ['a place of a list outside of it', [field('size')], ['unknownPlace size']],
  ['a list nobody knows', [open('calls'), close('calls')], ['unknownPlace calls', 'unknownPlace calls']],
  ['a list that is not closed', [open('attachments'), field('name')], ['listNotClosed attachments']],
  [
    'what is closed crosswise',
    [open('hasTopic'), open('attachments'), close('hasTopic'), close('attachments')],
    ['unknownPlace hasTopic', 'listNotClosed hasTopic'],
  ],
  ['a list as a place', [field('attachments')], ['unknownPlace attachments']],
])('of a template, %s: %j', (_what, tags, problems) => {
  expect(checkTemplate([...required, ...tags]).map(({ code, name }) => `${code} ${name}`)).toEqual([
    ...new Set(problems),
  ])
})

test('without the number, the day, the name and the text it is no official document', () => {
  expect(checkTemplate([]).map(({ code, name }) => `${code} ${name}`)).toEqual(
    REQUIRED_FIELDS.map((name) => `missingPlace ${name}`),
  )
})

const appeal = sampleAppeal({
  organisation: { names: { uz: 'Baholash agentligi', ru: 'Агентство' }, shortNumber: '1195' },
  statusAddress: 'https://murojaat.example/A-2026-000123',
})

test.each([
  [
    'uz',
    {
      organisation: 'Baholash agentligi',
      kind: 'ariza',
      registeredOn: '2026-yil 2-mart',
      citizenName: 'Oʻgʻiloy Gʻaniyeva Qodir qizi',
      citizenRegion: 'Samarqand viloyati',
    },
  ],
  [
    'uz-Cyrl',
    {
      organisation: 'Баҳолаш агентлиги',
      kind: 'ариза',
      registeredOn: '2026 йил 2 март',
      citizenName: 'Ўғилой Ғаниева Қодир қизи',
    },
  ],
  [
    'ru',
    {
      organisation: 'Агентство',
      kind: 'заявление',
      registeredOn: '2 марта 2026 г.',
      citizenRegion: 'Самаркандская область',
    },
  ],
] as const)('in %s the document says %j, and the text as it was written', (language, said) => {
  const facts = documentFacts(appeal, language)
  expect(facts).toMatchObject(said)
  expect(facts.text).toBe(appeal.text)
})

test('a name is written as its card says, where the card knows better', () => {
  const citizen = { ...appeal.citizen, nameCyrillic: 'Угилой Ганиева' }
  expect(documentFacts({ ...appeal, citizen }, 'ru').citizenName).toBe('Угилой Ганиева')
})

test.each(DOCUMENT_LANGUAGES)('in %s nothing is said that XML cannot hold', (language) => {
  const text = 'a\u0000b\u000bc\ud800d\ne\tf'
  const attachments = [{ name: 'x\u0001.pdf', bytes: 1 }]
  const facts = documentFacts({ ...appeal, text, attachments }, language)
  expect(facts.text).toBe('abc\ufffdd\ne\tf')
  expect(facts.attachments[0]).toEqual({ place: '1', name: 'x.pdf', size: '1 KB' })
})

test('what is not there is said by its condition', () => {
  const citizen = { ...appeal.citizen, region: null, representative: '' }
  const bare = {
    ...appeal,
    citizen,
    topic: null,
    attachments: [],
    cosigners: [],
    statusAddress: '',
    dueOn: null,
  }
  expect(documentFacts(bare, 'uz')).toMatchObject({
    hasTopic: false,
    hasAttachments: false,
    hasCosigners: false,
    hasDueOn: false,
    hasRegion: false,
    hasRepresentative: false,
    hasStatusAddress: false,
    dueOn: '',
    attachmentsCount: '0',
  })
})
