/** The hook that stops secrets and machine paths, tried on a repository of its own. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let place: string
let checkout: string

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'javob-hook-'))
  checkout = join(place, 'javob')
  mkdirSync(checkout)
  execFileSync('git', ['init', '--quiet'], { cwd: checkout, env: environment() })
  cpSync('.githooks/pre-commit', join(checkout, 'pre-commit'))
})

afterEach(() => rmSync(place, { recursive: true }))

// Put together here so that this file can be committed itself.
const AGE_KEY = `AGE-SECRET-${'KEY'}-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'}`
const PEM = `-----BEGIN RSA PRIVATE ${'KEY'}-----`

test.each([
  ['a private key', 'notes.md', PEM],
  ['the identity that opens recordings', 'notes.md', AGE_KEY],
  ['a password in an address', 'notes.md', `postgres://javob:${'hunter2'}@db.example/javob`],
  ['a home directory', 'notes.md', `see /${'home'}/dilnoza/notes`],
  ['a file of secrets', 'data/secrets.json', '{}'],
])('%s is refused', (_what, file, text) => {
  expect(tryToCommit(file, text).status).toBe(1)
})

test('a path beside the checkout is refused', () => {
  expect(tryToCommit('notes.md', `run ${place}/other/tool`)).toMatchObject({
    status: 1,
    said: expect.stringContaining('a path of this machine'),
  })
})

test.each([
  ['an example address', 'postgres://javob:password@db.example/javob'],
  ['an address made of variables', '`postgres://${user}:${secret}@${host}`'],
  ['a path everybody has', '/var/lib/javob and /etc/asterisk'],
])('%s is allowed', (_what, text) => {
  expect(tryToCommit('notes.md', text)).toEqual({ status: 0, said: '' })
})

function tryToCommit(file: string, text: string): { status: number | null; said: string } {
  mkdirSync(join(checkout, file, '..'), { recursive: true })
  writeFileSync(join(checkout, file), `${text}\n`)
  execFileSync('git', ['add', file], { cwd: checkout, env: environment() })
  const run = spawnSync('sh', ['pre-commit'], { cwd: checkout, env: environment(), encoding: 'utf8' })
  return { status: run.status, said: run.stderr }
}

/** Without what git passes to a hook: these tests may run inside one. */
function environment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))
  return Object.fromEntries(passed)
}
