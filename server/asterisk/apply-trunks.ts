/** Makes the trunks those of the database: files that stay, and a reload if they changed. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { dataPaths } from '../config.ts'
import type { AriLink } from './ari-link.ts'
import { AriRefused } from './ari-socket.ts'
import { writeWhole } from './engine-files.ts'
import { type TrunkRow, trunkFiles } from './trunk-files.ts'

const RELOADS_MAX = 20
const RELOAD_EVERY_MS = 250

export async function applyTrunkFiles(trunks: readonly TrunkRow[], data: string, link: AriLink, log: Logger): Promise<string[]> {
  const { pjsip, dialplan, problems } = trunkFiles(trunks)
  const etc = join(dataPaths(data).engine, 'etc')
  const pjsipChanged = await replaced(join(etc, 'pjsip_trunks.conf'), pjsip)
  const dialplanChanged = await replaced(join(etc, 'extensions_trunks.conf'), dialplan)
  for (const problem of problems) log.error({ problem }, 'a trunk was left out')
  // The dialplan first: a trunk must not let calls in before they know where to go.
  if (dialplanChanged) await reload(link, 'pbx_config.so')
  if (pjsipChanged) await reload(link, 'res_pjsip.so')
  if (pjsipChanged) await reload(link, 'res_pjsip_outbound_registration.so')
  const left = new Set(problems.map((problem) => /"(.*?)"/.exec(problem)?.[1]))
  await knownToEngine(link, trunks.filter(({ id }) => !left.has(id)))
  return problems
}

/** An engine that is still starting takes a reload and forgets it: asked again until it knows every trunk. */
async function knownToEngine(link: AriLink, trunks: readonly TrunkRow[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const known = await Promise.all(trunks.map(({ id }) => isKnown(link, id)))
    if (known.every(Boolean)) return
    if (attempt === RELOADS_MAX) throw new Error('The engine does not take up its trunks')
    await delay(RELOAD_EVERY_MS)
    await reload(link, 'pbx_config.so')
    await reload(link, 'res_pjsip.so')
  }
}

async function isKnown(link: AriLink, trunk: string): Promise<boolean> {
  return await link.request({ method: 'GET', path: ['endpoints', 'PJSIP', `trunk-${trunk}`] }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AriRefused && error.status === 404) return false
      throw error
    },
  )
}

async function replaced(path: string, content: string): Promise<boolean> {
  const before = await readFile(path, 'utf8').catch(() => undefined)
  if (before === content) return false
  await writeWhole(path, content)
  return true
}

async function reload(link: AriLink, module: string): Promise<void> {
  await link.request({ method: 'PUT', path: ['asterisk', 'modules', module] })
}
