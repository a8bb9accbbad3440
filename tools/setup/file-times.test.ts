import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { TestModule } from 'vitest/node'
import { fileTimesReporter, readFileTimes, slowestOf } from './file-times.ts'

const folder = mkdtempSync(join(tmpdir(), 'javob-times-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const took = (moduleId: string, collectDuration: number, duration: number) =>
  ({ moduleId, diagnostic: () => ({ collectDuration, duration }) }) as TestModule

test('the slowest files come first, each with its imports and what it prepares', async () => {
  const file = join(folder, 'times.json')
  const modules = [
    took('/javob/core/a.test.ts', 300, 200),
    took('/javob/test/b.test.ts', 1_000, 110_400),
    took('/javob/server/c.test.ts', 500, 4_000),
  ]
  await fileTimesReporter(file).onTestRunEnd?.(modules, [], 'passed')
  expect(slowestOf(readFileTimes(file), '/javob', 2)).toEqual([
    '  111 s  test/b.test.ts',
    '    5 s  server/c.test.ts',
  ])
})

test('a runner that wrote no times took none', () => {
  expect(readFileTimes(join(folder, 'none.json'))).toEqual([])
})
