/** The portal as it runs, with a database of its own and messages that can be read, and citizens' telephones that visit it. */
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from '../../console/dev/browser.ts'
import { MONDAY_MORNING, testOffice } from '../../server/appeals/test-office.ts'
import { openDatabase, openPool } from '../../server/database/pool.ts'
import { startThrowAwayCluster } from '../../server/database/throw-away-cluster.ts'
import { testPortal } from '../../server/portal/test-portal.ts'

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  locale: 'uz',
}
const WAITS_MS = 15_000

export async function startPortal() {
  const browser = await openBrowser()
  const telephones: BrowserContext[] = []
  const cluster = await startThrowAwayCluster({ prefix: 'javob-portal-' })
  const pool = openPool({ ...cluster.address, database: cluster.database }, pino({ level: 'silent' }))
  const db = openDatabase(pool)
  const office = await testOffice(db)
  const portal = await testPortal({ db, pool }, MONDAY_MORNING)
  await portal.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = portal.app.server.address() as AddressInfo
  const address = `http://127.0.0.1:${port}/portal/`
  return {
    ...portal,
    office,
    db,
    address,
    /** Somebody with a telephone of his own. */
    async visit(options: BrowserContextOptions = {}): Promise<Page> {
      const telephone = await browser.newContext({ ...PHONE, ...options })
      telephone.setDefaultTimeout(WAITS_MS)
      telephones.push(telephone)
      const page = await telephone.newPage()
      await page.goto(address)
      return page
    },
    async leave(): Promise<void> {
      await Promise.all(telephones.splice(0).map((telephone) => telephone.close()))
    },
    async close(): Promise<void> {
      await browser.close()
      await portal.app.close()
      await db.destroy()
      await cluster.stop('SIGQUIT')
      await rm(cluster.folder, { recursive: true, force: true })
    },
  }
}
