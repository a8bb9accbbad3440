import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { countTests, failuresOf, inWords, sumOf, unsteadyOf } from './test-results.ts'

const folder = mkdtempSync(join(tmpdir(), 'javob-results-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function report(counts: { passed: number; failed: number; skipped?: number }, files: object[] = []): string {
  const file = join(folder, `${Math.random()}.json`)
  const { passed, failed, skipped = 0 } = counts
  const numbers = {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
  }
  writeFileSync(file, JSON.stringify({ ...numbers, testResults: files }))
  return file
}

test('what passed, failed and was skipped is counted', () => {
  expect(countTests(report({ passed: 3, failed: 1, skipped: 2 }), 1)).toEqual({
    passed: 3,
    failed: 1,
    skipped: 2,
  })
})

test('a file that could not be loaded is a failure', () => {
  const file = report({ passed: 3, failed: 0 }, [{ status: 'failed', assertionResults: [] }])
  expect(countTests(file, 1)).toMatchObject({ passed: 3, failed: 1 })
})

test('a runner that fails without naming a test, or writes no report, is a failure', () => {
  expect(countTests(report({ passed: 3, failed: 0 }), 1)).toMatchObject({ failed: 1 })
  expect(countTests(join(folder, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 })
})

test('the last line sums everything and names skips only if there are any', () => {
  expect(
    inWords(
      sumOf([
        { passed: 3, failed: 0, skipped: 0 },
        { passed: 4, failed: 1, skipped: 0 },
      ]),
    ),
  ).toBe('7 passed, 1 failed')
  expect(inWords({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped')
})

test('what failed is named with its file and its reason, a file that could not be run too', () => {
  const file = report({ passed: 1, failed: 1 }, [
    {
      name: '/javob/server/a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'rings' },
        {
          status: 'failed',
          fullName: 'hears',
          failureMessages: ['\u001b[31mIt was not heard\u001b[39m\n at x'],
        },
      ],
    },
    { name: '/javob/core/b.test.ts', status: 'failed', message: 'No such module', assertionResults: [] },
    { name: '/javob/core/c.test.ts', status: 'passed', assertionResults: [] },
  ])
  expect(failuresOf(file, '/javob')).toEqual([
    'server/a.test.ts > hears\n    It was not heard\n     at x',
    'core/b.test.ts\n    No such module',
  ])
  expect(failuresOf(join(folder, 'none.json'), '/javob')).toEqual([])
})

test('what passed only when it was tried again is named with why it failed, and has passed', () => {
  const file = report({ passed: 2, failed: 0 }, [
    {
      name: '/javob/test/a.test.ts',
      status: 'passed',
      assertionResults: [
        { status: 'passed', fullName: 'rings', failureMessages: [] },
        { status: 'passed', fullName: 'hears', failureMessages: ['Nothing was heard'] },
      ],
    },
  ])
  expect(unsteadyOf(file, '/javob')).toEqual(['test/a.test.ts > hears\n    Nothing was heard'])
  expect(failuresOf(file, '/javob')).toEqual([])
  expect(countTests(file, 0)).toMatchObject({ passed: 2, failed: 0 })
})
