/** For tests: an office and the portal beside it, by one clock, with what a citizen does in a browser. */
import { afterAll, beforeEach } from 'vitest'
import type { Instant } from '#core/lib/time.ts'
import type { testDatabase } from '../database/test-database.ts'
import { citizenSteps, testPortal } from './test-portal.ts'

/** Each test has an hour of its own, and so its codes. The first ones are in daylight, when messages leave. */
const HOUR_OF_TEST_MS = 3_601_000

/** `office`: whose clock the portal follows. `more`: routes beside the portal's own. */
export async function portalStage<Office extends { clock: { now: Instant } }>(
  { db, pool }: Pick<Awaited<ReturnType<typeof testDatabase>>, 'db' | 'pool'>,
  office: Office,
  more?: Parameters<typeof testPortal>[2],
) {
  const portal = await testPortal({ db, pool }, office.clock.now, more)
  let last = 0
  afterAll(() => portal.removeFiles())
  beforeEach(() => {
    portal.sent.length = 0
    portal.gateway.answer = { outcome: 'accepted' }
    delete portal.gateway.reports
    portal.clock.now += HOUR_OF_TEST_MS
    office.clock.now = portal.clock.now
  })
  return {
    office,
    portal,
    ...citizenSteps(() => portal),
    /** A telephone that no test had before. */
    aPhone(): string {
      last++
      return `+99890${String(1_000_000 + last)}`
    },
  }
}
