import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addresses, statusAddress } from './addresses.ts'
import { html } from './html.ts'
import { faqPage } from './pages/faq.ts'
import { homePage } from './pages/home.ts'
import { TEXTS, textsIn } from './texts.ts'
import type { View } from './view.ts'

const VIEW: View = {
  language: 'uz',
  path: '/portal/status?number=1&lang=ru',
  organisation: { uz: 'Agentlik', ru: 'Агентство' },
  shortNumber: '1195',
  phones: [],
  address: { uz: '', ru: '' },
  hours: { uz: '', ru: '' },
  banner: undefined,
  token: 'token',
  isSignedIn: false,
  style: 'abc',
}

test('whatever is put into a page is text', () => {
  const hostile = `"><script>alert('1')</script>&`
  expect(html`<p title="${hostile}">${hostile}</p>`.toString()).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>',
  )
})

test('only what came out of a template stays what it is, and what is not there leaves nothing', () => {
  const inner = html`<b>${1}</b>`
  expect(html`${[inner, inner]}${false}${undefined}${null}`.toString()).toBe('<b>1</b><b>1</b>')
  expect(html`${{ toString: () => '<i>' } as never}`.toString()).not.toContain('<i>')
})

test('an attribute without quotation marks is refused', () => {
  expect(() => html`<p class=${'a b'}></p>`).toThrow('without quotation marks')
})

test('the same page in another language keeps what was asked', () => {
  expect(addresses.inLanguage(VIEW.path, 'en')).toBe('/portal/status?number=1&lang=en')
  expect(addresses.inLanguage('/portal/', 'uz-Cyrl')).toBe('/portal/?lang=uz-Cyrl')
})

test('an announcement is on every page, and nothing loads but the style sheet', () => {
  const page = homePage({ ...VIEW, banner: 'Tizimda <uzilish>' }).toString()
  expect(page).toContain('Tizimda &lt;uzilish&gt;')
  expect(page).not.toMatch(/<script|style=|\son\w+=/)
  expect(page.match(/https?:/g)).toBeNull()
})

test('how else the organisation is reached stands at the foot, in the language of the page', () => {
  const foot = (part: Partial<View>) =>
    homePage({ ...VIEW, ...part })
      .toString()
      .split('<footer>')[1] ?? ''
  expect(foot({}).match(/<p>/g)).toHaveLength(1)
  const said = {
    phones: ['+998712351195'],
    address: { uz: 'Toshkent, <12>-uy', ru: 'Ташкент, дом 12' },
    hours: { uz: 'Dushanba–juma', ru: 'Пн–Пт' },
  }
  expect(foot(said)).toContain('Toshkent, &lt;12&gt;-uy')
  expect(foot({ ...said, language: 'ru' })).toContain('Другие телефоны: +998 71 235 11 95')
  expect(foot({ ...said, language: 'uz-Cyrl' })).toContain('Душанба–жума')
  expect(
    homePage({ ...VIEW, language: 'en', organisation: { ...VIEW.organisation, en: 'Agency' } }).toString(),
  ).toContain('>Agency</a>')
})

describe('questions and answers', () => {
  const answers = (count: number, text: string) =>
    Array.from({ length: count }, (_, n) => ({ language: 'ru' as const, title: `Вопрос ${n}?`, text }))
  const shown = (page: string) => page.match(/<summary>/g)?.length
  const more = 'Здесь показаны не все ответы'

  test('many long ones are no larger a page than a telephone loads, and it says that there are more', () => {
    const page = faqPage(
      { ...VIEW, language: 'ru' },
      { search: '', answers: answers(50, 'слово '.repeat(200)) },
    )
    expect(Buffer.byteLength(page.toString())).toBeLessThan(50 * 1024)
    expect(shown(page.toString())).toBeGreaterThan(10)
    expect(page.toString()).toContain(more)
  })

  test('as many as fit are all shown, and one is whatever its length', () => {
    const all = faqPage({ ...VIEW, language: 'ru' }, { search: '', answers: answers(50, 'слово') }).toString()
    expect(shown(all)).toBe(50)
    expect(all).not.toContain(more)
    const long = { search: 'x', answers: answers(2, 'слово '.repeat(5_000)) }
    expect(shown(faqPage({ ...VIEW, language: 'ru' }, long).toString())).toBe(1)
  })
})

test('Cyrillic is made from Latin, and what is filled in stays', () => {
  expect(textsIn('uz-Cyrl')('Appeal {number}', { number: 'A-2026-000001' })).toBe('Мурожаат A-2026-000001')
  expect(textsIn('ru')('Appeal {number}', { number: 1 })).toBe('Обращение 1')
  const cyrillic = Object.keys(TEXTS).map((key) => textsIn('uz-Cyrl')(key as keyof typeof TEXTS))
  expect(cyrillic.filter((text) => /ПДФ|ЗИП|ДОСХ|ХЛСХ/.test(text))).toEqual([])
})

test('every sentence is used, and its translations fill in the same names', () => {
  const sources = ['portal', 'server/portal'].flatMap((folder) =>
    globSync(join(import.meta.dirname, '..', folder, '**/*.ts'), {
      exclude: (file) => String(file).includes('texts'),
    }),
  )
  const used = sources
    .filter((file) => !/texts\/|\.test\.ts$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const names = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()
  for (const [key, [uz, ru]] of Object.entries(TEXTS)) {
    expect(
      used.includes(`'${key}'`) || new RegExp(`\\b(t\\('${key}'|: '${key}'|${key}:)`).test(used),
      key,
    ).toBe(true)
    expect([names(uz), names(ru)], key).toEqual([names(key), names(key)])
  }
})

test.each([
  ['https://murojaat.example', 'https://murojaat.example/portal/status?number=A-2026-000001'],
  ['https://murojaat.example/portal/', 'https://murojaat.example/portal/status?number=A-2026-000001'],
  ['http://localhost:8000/x?y#z', 'http://localhost:8000/portal/status?number=A-2026-000001'],
  ['', ''],
  ['murojaat.example', ''],
])('of a portal at "%s" an appeal is followed at "%s"', (portal, address) => {
  expect(statusAddress(portal, 'A-2026-000001')).toBe(address)
})
