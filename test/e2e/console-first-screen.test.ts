/** What a browser must load before it shows anything: counted in bytes of the console as it is shipped. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { FIRST_SCREEN_MAX_KIB, firstScreen } from '../../bench/first-call/console-size.ts'
import { readSettings } from '../../server/config.ts'
import { ensureConsole } from '../../tools/setup/console-build.ts'

let folder: string

beforeAll(async () => {
  folder = (await ensureConsole(readSettings().cache)) ?? ''
})

const read = (path: string) => readFile(join(folder, path === '/' ? 'index.html' : path), 'utf8')

test('the scripts of the first screen are no more than 300 KiB, packed; the telephone and the pages come later', async () => {
  const { scripts, kib } = await firstScreen(read)
  expect(scripts).toBeGreaterThan(0)
  expect(kib).toBeGreaterThan(20)
  expect(kib).toBeLessThanOrEqual(FIRST_SCREEN_MAX_KIB)
})

test('what is sent is packed: beside each script lies what a browser unpacks to the same', async () => {
  const [, path = ''] = /<script[^>]*\ssrc="([^"]+)"/.exec(await read('/')) ?? []
  const packed = await readFile(join(folder, `${path}.gz`))
  expect(gunzipSync(packed).toString()).toBe(await read(path))
  const [whole, smallest] = await Promise.all([stat(join(folder, path)), stat(join(folder, `${path}.br`))])
  expect(smallest.size).toBeLessThan(whole.size)
})
