import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataPaths } from '../../server/config.ts'
import { agreedPorts, claimData, openData, ORIGIN, readFacts } from './data-directory.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'javob-data-')))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('data below a closed directory become a link to a place the system users may enter', () => {
  const [closed, open] = [join(folder, 'closed'), join(folder, 'open')]
  mkdirSync(closed, { mode: 0o700 })
  mkdirSync(open, { mode: 0o755 })
  const real = openData(join(closed, '.data'), open)
  expect(real.startsWith(`${open}/data-`)).toBe(true)
  expect(lstatSync(join(closed, '.data')).isSymbolicLink()).toBe(true)
  expect(readFileSync(real + ORIGIN, 'utf8').trim()).toBe(join(closed, '.data'))
  expect(openData(join(closed, '.data'), open)).toBe(real)
})

test('a link whose place was removed is made good', () => {
  const [closed, open] = [join(folder, 'closed'), join(folder, 'open')]
  mkdirSync(closed, { mode: 0o700 })
  mkdirSync(open, { mode: 0o755 })
  const real = openData(join(closed, '.data'), open)
  rmSync(real, { recursive: true })
  expect(openData(join(closed, '.data'), open)).toBe(real)
})

test('data that lie in a closed directory already are not moved behind anybody’s back', () => {
  const data = join(folder, 'closed', 'data')
  mkdirSync(data, { recursive: true })
  writeFileSync(dataPaths(data).facts, '{}')
  chmodSync(join(folder, 'closed'), 0o700)
  expect(() => openData(data, folder)).toThrow(/closed to the system users/)
})

test('a first start that failed may be tried again with other ports; a whole copy keeps its own', () => {
  claimData(folder, 8000)
  expect(agreedPorts(folder, readFacts(folder), 9000, 8000)).toBe(9000)
  claimData(folder, 9000)
  expect(agreedPorts(folder, readFacts(folder), undefined, 8000)).toBe(9000)
  writeFileSync(dataPaths(folder).secrets, '{}')
  expect(() => agreedPorts(folder, readFacts(folder), 12_000, 8000)).toThrow(
    /belong to the copy with ports 9000/,
  )
})

test('a claim that was cut off is no stranger’s data', () => {
  writeFileSync(`${dataPaths(folder).facts}.new`, '{"for')
  expect(readFacts(folder)).toBeUndefined()
})
