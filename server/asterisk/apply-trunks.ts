/** Makes the trunks those of the database: files that stay, and a reload if they changed. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { dataPaths } from '../config.ts'
import type { AriLink } from './ari-link.ts'
import { writeWhole } from './engine-files.ts'
import { type TrunkRow, trunkFiles } from './trunk-files.ts'

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
  return problems
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
