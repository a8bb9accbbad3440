/** Makes the trunks those of the database: files that stay, and a reload of what changed. */
import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { TrunkId } from '#core/lib/ids.ts'
import { dataPaths } from '../config.ts'
import type { AriLink } from './ari-link.ts'
import type { AriEndpoint } from './ari-objects.ts'
import { dialTarget } from './dial-target.ts'
import { writeWhole } from './engine-files.ts'
import { type TrunkRow, trunkFiles } from './trunk-files.ts'

/** The dialplan first: a trunk must not let calls in before they know where to go. */
const MODULES = {
  dialplan: ['pbx_config.so'],
  pjsip: ['res_pjsip.so', 'res_pjsip_outbound_registration.so'],
} as const
const ENDPOINT_PREFIX = 'trunk-'
const FILES = { dialplan: 'extensions_trunks.conf', pjsip: 'pjsip_trunks.conf' } as const
/** Beside each file: the hash of what the engine has read of it. */
const READ = '.read'

type Part = keyof typeof FILES

export class Trunks {
  readonly #etc: string
  readonly #link: AriLink
  readonly #log: Logger
  /** What the engine is known to have read. */
  readonly #loaded = { dialplan: '', pjsip: '' }
  #rows: readonly TrunkRow[] = []

  constructor(data: string, link: AriLink, log: Logger) {
    this.#etc = join(dataPaths(data).engine, 'etc')
    this.#link = link
    this.#log = log
  }

  /** Where a number is called by this trunk; nothing where it has no way out. */
  targetOf(trunk: TrunkId, number: string): string | undefined {
    const row = this.#rows.find(({ id }) => id === trunk)
    return row && dialTarget(row, number)
  }

  /**
   * Those the engine has read, each with the number of calls that are on it now. It goes on listing an endpoint that was
   * taken from its files until it is started anew, so only what we gave it counts.
   */
  async inEngine(): Promise<ReadonlyMap<string, number>> {
    const endpoints = await this.#link.get<AriEndpoint[]>(['endpoints', 'PJSIP'])
    const read = endpoints.filter(({ resource }) => this.#loaded.pjsip.includes(`\n[${resource}](trunk)\n`))
    return new Map(
      read.map(({ resource, channel_ids: calls }) => [
        resource.slice(ENDPOINT_PREFIX.length),
        calls?.length ?? 0,
      ]),
    )
  }

  /** Returns what is wrong with those that were left out. */
  async apply(trunks: readonly TrunkRow[]): Promise<string[]> {
    const { problems, ...files } = trunkFiles(trunks)
    this.#rows = trunks
    for (const problem of problems) this.#log.error({ problem }, 'a trunk was left out')
    for (const part of ['dialplan', 'pjsip'] as const) {
      if (this.#loaded[part] === files[part]) continue
      if (!(await this.#hasRead(part, files[part]))) await this.#makeRead(part, files[part])
      this.#loaded[part] = files[part]
    }
    return problems
  }

  /**
   * Whether the server before this one has already had this read. A reload stops the engine's answers for seconds when it is
   * full of calls, which is when a server that has died is missed.
   */
  async #hasRead(part: Part, text: string): Promise<boolean> {
    const path = join(this.#etc, FILES[part])
    const [written, read] = await Promise.all([contentOf(path), contentOf(path + READ)])
    return written === text && read === hashOf(text)
  }

  async #makeRead(part: Part, text: string): Promise<void> {
    const path = join(this.#etc, FILES[part])
    // Nothing is known of what is read until the engine has answered; one that starts anew reads what is written.
    await rm(path + READ, { force: true })
    if ((await contentOf(path)) !== text) await writeWhole(path, text)
    for (const module of MODULES[part])
      await this.#link.request({ method: 'PUT', path: ['asterisk', 'modules', module] })
    await writeWhole(path + READ, hashOf(text))
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
