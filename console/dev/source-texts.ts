/** Finds every text the console can show: the English sentences given to `t` in its sources. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const CONSOLE = fileURLToPath(new URL('..', import.meta.url))
const A_TEXT = /\bt\(\s*'((?:[^'\\]|\\.)*)'/g

/** The English sentence, and the files that say it. */
export function sourceTexts(): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  for (const file of globSync('**/*.{ts,tsx}', { cwd: CONSOLE, exclude: ['dev/**', '**/*.test.ts'] })) {
    for (const [, text = ''] of readFileSync(`${CONSOLE}${file}`, 'utf8').matchAll(A_TEXT)) {
      texts.set(text, [...(texts.get(text) ?? []), file])
    }
  }
  return texts
}

/** Calls of `t` with something other than a plain sentence, which no list could contain. */
export function unreadableTexts(): string[] {
  return globSync('**/*.{ts,tsx}', {
    cwd: CONSOLE,
    exclude: ['dev/**', 'i18n.ts', 'texts/**', '**/*.test.ts'],
  }).filter((file) => /(?<![\w.])t\((?!\s*')/.test(readFileSync(`${CONSOLE}${file}`, 'utf8')))
}
