/** What Vitest counted, read from its JSON report and made honest: what did not run has not passed. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

export type TestCounts = { passed: number; failed: number; skipped: number }

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: TestFile[]
}
type TestFile = {
  name: string
  status: string
  message?: string
  assertionResults: TestResult[]
}
type TestResult = { status: string; fullName: string; failureMessages?: string[] }

/** A run that ended badly without naming a failed test counts as one failure. */
export function countTests(reportFile: string, exitCode: number): TestCounts {
  const report = readReport(reportFile)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const silent = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  )
  const failed = report.numFailedTests + silent.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

const MESSAGE_LINES = 6

/** Each test that failed, with where it is and the first lines of why; a file that could not be run stands for itself. */
export function failuresOf(reportFile: string, checkout: string): string[] {
  return (readReport(reportFile)?.testResults ?? []).flatMap((file) => {
    const at = relative(checkout, file.name)
    const failed = file.assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0) return file.status === 'failed' ? [`${at}\n${reasonOf([file.message])}`] : []
    return failed.map((each) => inLines(at, each))
  })
}

/** Each test that failed and passed when it was tried again, with why it failed: somebody is to mend it. */
export function unsteadyOf(reportFile: string, checkout: string): string[] {
  return (readReport(reportFile)?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages = [] }) => status === 'passed' && failureMessages.length > 0)
      .map((each) => inLines(relative(checkout, name), each)),
  )
}

function inLines(at: string, { fullName, failureMessages = [] }: TestResult): string {
  return `${at} > ${fullName}\n${reasonOf(failureMessages)}`
}

function reasonOf(messages: readonly (string | undefined)[]): string {
  const lines = stripVTControlCharacters(messages.join('\n')).split('\n')
  return lines
    .slice(0, MESSAGE_LINES)
    .map((line) => `    ${line}`)
    .join('\n')
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined // The runner ended before it wrote one.
  }
}

export function sumOf(counts: readonly TestCounts[]): TestCounts {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const each of counts) {
    sum.passed += each.passed
    sum.failed += each.failed
    sum.skipped += each.skipped
  }
  return sum
}

export function inWords({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
