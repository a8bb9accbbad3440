/**
 * The five kinds of test, each its own project so that `./javob test <kind>` can ask for one:
 *
 *   rules    the rules, the contract, the tools, the console's own, the house (architecture)
 *   server   modules and routes against a real PostgreSQL
 *   engine   real Asterisk with SIP phones and browsers; whole copies that are started, killed and stopped
 *   screens  the console in a real Chromium
 *   calls    whole conversations on a running copy: citizens by SIP, agents in Chromium
 *
 * Engine and calls own a whole running copy per file, so the engine's files run one after another, those of calls two at
 * a time, since their people mostly wait; screens have a file for each of two processors. All of them only when the rules
 * and the server have been heard.
 */
import { defineConfig } from 'vitest/config'
import { fileTimesReporter, REPORT_NAME, timesFileOf } from './tools/setup/file-times.ts'

const MINUTE_MS = 60_000
/** Vitest leaves one free for itself, which of two is half of all; what it does itself is soon done. */
const EVERY_PROCESSOR = '100%'
/**
 * Phones and browsers are many programs on one processor: one of their tests that fails is tried once more, and
 * `./javob test` names it at the end with why it failed. Rules and server are never tried again.
 */
const TRIED_AGAIN = 1
/** What is looked for again and again comes at once, or on a busy machine later. */
const LOOKED_FOR = { poll: { timeout: MINUTE_MS / 4 } }

/** `./javob test` counts and times what has run; who runs one file only reads what is said. */
const report = process.env[REPORT_NAME]

export default defineConfig({
  test: {
    reporters: report
      ? ['default', ['json', { outputFile: report }], fileTimesReporter(timesFileOf(report))]
      : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['{core,contract,portal,tools,console,bench}/**/*.test.{ts,tsx}', 'test/*.test.ts'],
          maxWorkers: EVERY_PROCESSOR,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          globalSetup: ['server/database/test-cluster.ts'],
          maxWorkers: EVERY_PROCESSOR,
          // What hangs is found by it; what only waits for a processor is not.
          testTimeout: MINUTE_MS,
          hookTimeout: MINUTE_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/{asterisk,ops,survival}/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          retry: TRIED_AGAIN,
          expect: LOOKED_FOR,
          testTimeout: 2 * MINUTE_MS,
          hookTimeout: 6 * MINUTE_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'calls',
          include: ['test/calls/**/*.test.ts'],
          // Callers who do not disturb each other call at the same time, all of them.
          maxConcurrency: 20,
          sequence: { groupOrder: 3 },
          // Each file has a copy of its own, and most of its time somebody listens.
          maxWorkers: 2,
          retry: TRIED_AGAIN,
          expect: LOOKED_FOR,
          testTimeout: 2 * MINUTE_MS,
          hookTimeout: 6 * MINUTE_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/built-console.ts'],
          sequence: { groupOrder: 2 },
          // A browser and a make-believe server of its own for each file.
          maxWorkers: 2,
          retry: TRIED_AGAIN,
          expect: LOOKED_FOR,
          testTimeout: 2 * MINUTE_MS,
          hookTimeout: 6 * MINUTE_MS,
        },
      },
    ],
  },
})
