/** Starts servers of their own process (lone-server.ts) on a test's engine, and does to them what machines do. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { vi } from 'vitest'
import { asteriskMediaEngine } from '../../server/asterisk/asterisk-media-engine.ts'
import { openLog } from '../../server/log.ts'
import { passed } from '../../tools/callers/citizen.ts'
import type { TestEngine } from './engine.ts'
import type { Said } from './lone-server.ts'

const PATIENCE_MS = 20_000

export type LoneServer = ReturnType<typeof loneServer>

/** `prompt`: what it plays to every caller. */
export function loneServer({ data, ports, ariPassword }: TestEngine, prompt: string) {
  const program = join(import.meta.dirname, 'lone-server.ts')
  const child = spawn(process.execPath, [program, data, String(ports.engineHttp), ariPassword, prompt], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const said: Said[] = []
  createInterface({ input: child.stdout }).on('line', (line) => void said.push(JSON.parse(line) as Said))
  return {
    said,
    /** Its code, or the signal that ended it. */
    ended,
    does: (what: string) =>
      vi.waitUntil(() => said.find((each) => each.does === what), { timeout: PATIENCE_MS }),
    did: (what: string) => said.some((each) => each.does === what),
    signal: (name: NodeJS.Signals) => child.kill(name),
    async kill(name: NodeJS.Signals): Promise<void> {
      child.kill('SIGCONT')
      child.kill(name)
      if (child.exitCode === null && child.signalCode === null) await ended
    },
  }
}

/** Calls from this machine to 1195 come in. */
export async function giveTrunk({ data, ports, ariPassword }: TestEngine, maxCalls = 9): Promise<void> {
  const log = openLog('silent')
  const media = asteriskMediaEngine({ data, httpPort: ports.engineHttp, ariPassword, log })
  await media.start(() => undefined)
  await media.applyTrunks([
    { id: 'demo', peerAddresses: ['127.0.0.1'], didPatterns: ['1195'], codecs: ['alaw'], maxCalls },
  ])
  await media.stop()
}

const EVENT_BYTES = 20_000
/** What the sockets' buffers of both sides hold at most, and as much again. */
const EVENTS_BYTES = 64 * 1024 * 1024
/** asterisk/ari.conf: websocket_write_timeout. */
const WRITE_TIMEOUT_MS = 5_000
/**
 * A full socket is probed by the kernel, less and less often, and each probe may let a little more in, which
 * begins the engine's patience anew. The one after some five seconds can do so just in time; the next comes too late.
 */
const WRITES_GIVEN_UP_MS = 2 * WRITE_TIMEOUT_MS + 3_000

/** More events than a server that does not read has room for: the engine gives up writing to it, and tells nobody. */
export async function fillEvents({ ports, ariPassword }: TestEngine): Promise<void> {
  const uri = `http://127.0.0.1:${ports.engineHttp}/ari/events/user/filling?application=javob`
  const headers = {
    authorization: `Basic ${Buffer.from(`javob:${ariPassword}`).toString('base64')}`,
    'content-type': 'application/json',
  }
  const body = JSON.stringify({ variables: { filling: 'x'.repeat(EVENT_BYTES) } })
  for (let bytes = 0; bytes < EVENTS_BYTES; bytes += EVENT_BYTES) {
    const answer = await fetch(uri, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(`The engine refused an event: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
  }
  await passed(WRITES_GIVEN_UP_MS)
}
