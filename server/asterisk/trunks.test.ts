import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { dataPaths } from '../config.ts'
import type { AriLink } from './ari-link.ts'
import { AriLost } from './ari-socket.ts'
import { Trunks } from './trunks.ts'

const log = pino({ level: 'silent' })
let data: string
let reloads: string[]
let isLost: boolean

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'javob-trunks-'))
  onTestFinished(() => rmSync(data, { recursive: true }))
  await mkdir(join(dataPaths(data).engine, 'etc'), { recursive: true })
  reloads = []
  isLost = false
})

/** A server that has just started. */
function trunks(): Trunks {
  const request = async ({ path }: { path: readonly string[] }) => {
    if (isLost) throw new AriLost('PUT asterisk/modules/…')
    reloads.push(path.at(-1) ?? '')
  }
  return new Trunks(data, { request } as unknown as AriLink, log)
}

const ALL = ['pbx_config.so', 'res_pjsip.so', 'res_pjsip_outbound_registration.so']

test('the engine reads its trunks once, whichever server asks', async () => {
  await trunks().apply([])
  expect(reloads).toEqual(ALL)
  await trunks().apply([])
  expect(reloads).toEqual(ALL)
})

test('what was not known to be read is read by the next server', async () => {
  isLost = true
  await expect(trunks().apply([])).rejects.toThrow(AriLost)
  isLost = false
  await trunks().apply([])
  expect(reloads).toEqual(ALL)
})

test('a file that somebody changed is written and read anew', async () => {
  await trunks().apply([])
  const etc = join(dataPaths(data).engine, 'etc')
  for (const name of readdirSync(etc).filter((each) => each.startsWith('pjsip') && each.endsWith('.conf')))
    rmSync(join(etc, name))
  reloads = []
  await trunks().apply([])
  expect(reloads).toEqual(ALL.slice(1))
})
