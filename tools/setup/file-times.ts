/**
 * How long each file of tests took, with what it prepares first and puts away after: the runner's own report counts the
 * tests alone, and a copy that starts before them takes longer than most. A reporter for Vitest, and who reads what it wrote.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

/** Names the report of a run to `vitest.config.ts`; the times lie beside it. */
export const REPORT_NAME = 'JAVOB_TEST_REPORT'
export const timesFileOf = (report: string) => `${report}.times`

export type FileTime = { name: string; ms: number }

export function fileTimesReporter(timesFile: string): Reporter {
  return {
    onTestRunEnd: (modules) => writeFileSync(timesFile, JSON.stringify(modules.map(timeOf))),
  }
}

function timeOf(module: TestModule): FileTime {
  const { collectDuration, duration } = module.diagnostic()
  return { name: module.moduleId, ms: Math.round(collectDuration + duration) }
}

export function readFileTimes(timesFile: string): FileTime[] {
  try {
    return JSON.parse(readFileSync(timesFile, 'utf8')) as FileTime[]
  } catch {
    return [] // The runner ended before it wrote any.
  }
}

/** The files that took longest, a line each. */
export function slowestOf(times: readonly FileTime[], checkout: string, most: number): string[] {
  return times
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, most)
    .map(({ name, ms }) => `${String(Math.round(ms / 1000)).padStart(5)} s  ${relative(checkout, name)}`)
}
