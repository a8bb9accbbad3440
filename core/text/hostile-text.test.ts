import { expect, test } from 'vitest'
import { asPlainText } from './hostile-text.ts'

test.each([
  ['Ali "Qora" O\'Connor', 'Ali "Qora" O\'Connor', []],
  ["'; drop table calls; --", "'; drop table calls; --", []],
  ['<script>alert(1)</script>', '<script>alert(1)</script>', []],
  ['../../etc/passwd', '../../etc/passwd', []],
  ['Ali\r\nVia: SIP/2.0', 'Ali Via: SIP/2.0', ['control']],
  ['Ali\0Vali', 'AliVali', ['control']],
  ['\u001b[31mred', '[31mred', ['control']],
  ['line\u2028line', 'line line', ['control']],
  ['Ali\u202egpj.exe', 'Aligpj.exe', ['bidi']],
  ['\u2067Ali\u2069', 'Ali', ['bidi']],
  ['Ali \ud83d', 'Ali ', ['brokenCharacter']],
  ['عربي\u200f!', 'عربي\u200f!', []],
  ['😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀', '😀'.repeat(30), ['cut']],
] as const)('%j is stored as %j', (raw, text, did) => {
  expect(asPlainText(raw, 30)).toEqual({ text, did })
})

test('64 kB are cut, and dropping what is dropped leaves text', () => {
  expect(asPlainText('a'.repeat(65_536), 100)).toEqual({ text: 'a'.repeat(100), did: ['cut'] })
  expect(asPlainText(`${'\0'.repeat(50)}Ali`, 100).text).toBe('Ali')
})

test('plain text stays plain text', () => {
  for (const raw of ['Ali\r\nVali', '\u202eAli', 'Ali\ud83d', '😀'.repeat(40)]) {
    const { text } = asPlainText(raw, 20)
    expect(asPlainText(text, 20)).toEqual({ text, did: [] })
  }
})
