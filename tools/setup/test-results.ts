/** What Vitest counted, read from its JSON report and made honest: what did not run has not passed. */
import { readFileSync } from 'node:fs'

export type TestCounts = { passed: number; failed: number; skipped: number }

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

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
