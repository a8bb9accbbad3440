/** A browser's own field for a day or a time follows the browser's language: only one file may have one, and hides it. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const CONSOLE = new URL('..', import.meta.url)
const OWN_FIELD = /type=["']?(?:date|datetime-local|time|month|week)\b/

test('days and times are asked for by the fields of ui/DayField.tsx only', () => {
  const files = globSync('**/*.tsx', { cwd: CONSOLE.pathname })
  expect(files).toContain('ui/DayField.tsx')
  expect(files.filter((file) => OWN_FIELD.test(readFileSync(new URL(file, CONSOLE), 'utf8')))).toEqual([])
})
