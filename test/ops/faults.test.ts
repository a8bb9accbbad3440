/** What can be wrong on a machine, made to happen: one sentence, the mend, and an exit code that is not 0. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CHECKOUT, dataPaths } from '../../server/config.ts'
import { ensureEngineRoot, engineRootPath, engineRootWhole } from '../../tools/setup/engine-root.ts'
import { asFault, requireFree } from '../../tools/setup/disk.ts'
import { installPackages } from '../../tools/setup/packages.ts'
import { freeBase, javob, javobWith, type Outcome, testFolder } from './test-copy.ts'

let folder: string
let data: string
beforeEach(() => {
  folder = testFolder()
  data = join(folder, 'data')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function expectFault({ code, out, err }: Outcome, sentence: RegExp, mend: RegExp): void {
  const lines = err.trim().split('\n')
  expect(
    lines.filter((line) => line.startsWith('javob: ')),
    err,
  ).toHaveLength(1)
  expect(lines.at(-1)).toMatch(sentence)
  expect(lines.at(-1)).toMatch(mend)
  expect({ code, out }).toEqual({ code: 1, out: '' })
}

test('a taken port is named, with who has it', async () => {
  const base = await freeBase()
  const holder = createServer().listen(base, '0.0.0.0')
  await once(holder, 'listening')
  try {
    const outcome = await javob('up', '--detach', '--data', data, '--ports', String(base))
    expectFault(
      outcome,
      new RegExp(`Port ${base}/tcp .* is taken by .+ \\(process ${process.pid}\\)`),
      /choose other ports/,
    )
  } finally {
    holder.close()
  }
})

test('whoever is not root is told so', () => {
  const program = join(CHECKOUT, 'node_modules/.bin/node')
  const script = `process.setgid(65534); process.setuid(65534); process.argv = ['', '', 'up', '--data', '${data}']; await import('${CHECKOUT}/tools/cli.ts')`
  chmodSync(folder, 0o777)
  const { status, stdout, stderr } = spawnSync(program, ['--input-type=module', '-e', script], {
    cwd: '/',
    encoding: 'utf8',
  })
  expectFault({ code: status ?? 0, out: stdout, err: stderr }, /Only root may start a copy/, /as root/)
})

test('without a package index it says what is not offered', async () => {
  const settings = [
    `Dir::State::lists "${folder}/lists";`,
    `Dir::Cache "${folder}/cache";`,
    'Dir::Etc::sourcelist "/dev/null";',
    'Dir::Etc::sourceparts "/dev/null";',
  ]
  for (const name of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'apt.conf'), settings.join('\n'))
  process.env['APT_CONFIG'] = join(folder, 'apt.conf')
  try {
    await expect(installPackages(['cowsay'])).rejects.toThrow(/No package index offers cowsay/)
  } finally {
    delete process.env['APT_CONFIG']
  }
})

test('a full disk is named before anything is half written', async () => {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status === 0
  // Where nothing may be mounted, no disk is large enough for a copy of everything.
  if (!mounted)
    return expect(requireFree(folder, Number.MAX_SAFE_INTEGER, 'the data')).rejects.toThrow(/too full/)
  try {
    const base = String(await freeBase())
    const start = () => javob('up', '--detach', '--data', data, '--ports', base)
    expectFault(await start(), /The disk is too full for the data/, /Free some space/)
    // It can be tried again in the same place.
    expectFault(await start(), /The disk is too full for the data/, /Free some space/)
    const cache = ensureEngineRoot(join(folder, 'cache'))
    await expect(cache).rejects.toThrow(/The disk is too full for the engine/)
  } finally {
    spawnSync('umount', ['-l', folder])
  }
})

test('a disk that fills up half-way is named too', async () => {
  const cause = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  expect(asFault(cause)).toMatchObject({
    message: expect.stringContaining('The disk is full'),
    mend: expect.stringContaining('Free'),
  })
})

test('data of another format are left alone', async () => {
  mkdirSync(data)
  writeFileSync(dataPaths(data).facts, JSON.stringify({ format: 7, ports: 8000 }))
  expectFault(
    await javob('up', '--detach', '--data', data),
    /have format 7, and this Javob reads format 1/,
    /name another --data/,
  )
  expect(readdirSync(data)).toEqual(['javob.json'])
})

test('a database of another PostgreSQL is left alone', async () => {
  mkdirSync(dataPaths(data).postgres, { recursive: true })
  writeFileSync(dataPaths(data).facts, JSON.stringify({ format: 1, ports: await freeBase() }))
  writeFileSync(join(dataPaths(data).postgres, 'PG_VERSION'), '17\n')
  expectFault(
    await javob('up', '--detach', '--data', data),
    /made by PostgreSQL 17, and this Javob needs 18/,
    /name another --data/,
  )
})

test('a copy keeps the ports it was made with', async () => {
  mkdirSync(data)
  writeFileSync(dataPaths(data).secrets, '{}')
  writeFileSync(dataPaths(data).facts, JSON.stringify({ format: 1, ports: 12_000 }))
  expectFault(
    await javob('up', '--data', data, '--ports', '14000'),
    /belong to the copy with ports 12000/,
    /--ports 12000/,
  )
})

test('a directory that holds something else is not taken for data', async () => {
  mkdirSync(data)
  writeFileSync(join(data, 'letter.txt'), 'dear')
  expectFault(await javob('up', '--data', data), /holds no data of Javob/, /empty or a new directory/)
})

test('a path too long for a socket is refused', async () => {
  const long = join(data, 'x'.repeat(90))
  expectFault(await javob('up', '--data', long, '--ports', '12000'), /too long/, /shorter/)
})

test('ports out of range, an unknown command and an unknown option are refused', async () => {
  expectFault(await javob('up', '--ports', '80'), /--ports 80 is not possible/, /from 1024/)
  expectFault(await javob('dance'), /no command "dance"/, /javob help/)
  expect(await javob('up', '--dance')).toMatchObject({ code: 2, err: expect.stringContaining("'--dance'") })
})

test('all wrong settings are told at once', async () => {
  const outcome = await javobWith(
    { JAVOB_PORTS: 'many', DATABASE_URL: 'mysql://x', JAVOB_CACHE: 'here' },
    'up',
  )
  expectFault(outcome, /JAVOB_PORTS .*JAVOB_CACHE .*DATABASE_URL /, /Correct these settings/)
})

test('a half-built engine is never used: it is built anew, once, however many wait for it', async () => {
  const cache = join(folder, 'cache')
  const root = engineRootPath(cache)
  mkdirSync(join(root, 'usr/sbin'), { recursive: true })
  writeFileSync(join(root, 'usr/sbin/asterisk'), 'half of it')
  mkdirSync(`${root}.building-1/usr`, { recursive: true })
  expect(engineRootWhole(root)).toBe(false)

  expect(await Promise.all([ensureEngineRoot(cache), ensureEngineRoot(cache)])).toEqual([root, root])
  expect(engineRootWhole(root)).toBe(true)
  expect(readdirSync(cache).filter((name) => name.includes('building'))).toEqual([])
})

test('a process that cannot start is named, with its last words, and nothing is left running', async () => {
  const taken = await freeBase()
  const outcome = await javobWith(
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    'up',
    '--detach',
    '--data',
    data,
    '--ports',
    String(taken),
  )
  expectFault(outcome, /The server does not stay up: .+/, /javob logs server/)
  expect(JSON.parse((await javob('status', '--json', '--data', data)).out)).toMatchObject({
    running: false,
    processes: [],
  })
})

test('whoever is stopped in the foreground stops everything', async () => {
  const child = spawn(join(CHECKOUT, 'javob'), ['up', '--data', data, '--ports', String(await freeBase())], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    if (/^ready/m.test(String(chunk))) child.kill('SIGINT')
  }
  if (child.exitCode === null) await once(child, 'exit')
  expect(child.exitCode).toBe(0)
  expect(existsSync(dataPaths(data).supervisor)).toBe(false)
  expect(readFileSync(join(dataPaths(data).log, 'supervisor.log'), 'utf8')).toMatch(/stopping\n$/)
})
