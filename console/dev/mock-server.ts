/**
 * The console without a server or a telephone engine: `node console/dev/mock-server.ts [--port N]`
 * builds it, serves it with a scripted day, and lets a call come whenever
 * somebody is available. The end-to-end tests of the console drive the same world.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { ANSWERED } from './mock-answered.ts'
import { answer } from './mock-api.ts'
import { PASSWORD } from './mock-data.ts'
import { Refused } from './mock-refused.ts'
import { type MockWorld, mockWorld } from './mock-world.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
/** As strict as the real server's, so that what it forbids is noticed here. */
const SECURITY = (module: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ${module}; media-src 'self' blob:; worker-src 'self' blob:; base-uri 'none'; form-action 'self'`
const STATUS = { notSignedIn: 401, wrongCredentials: 401, notFound: 404, badInput: 400 } as Record<
  string,
  number
>
const CALL_COMES_AFTER_MS = 5_000

/** `folder`: a console that buildConsole made, which stays; else one is built and goes with the server. */
export async function startMock({ port = 0, folder: built }: { port?: number; folder?: string } = {}) {
  const folder = built ?? (await buildConsole())
  const state = { world: mockWorld(), isAway: false }
  const server = createServer((request, response) => {
    if (state.isAway) response.destroy()
    else void handle({ world: state.world, folder, request, response })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    get world() {
      return state.world
    },
    /** Everything as in the morning: nobody signed in, no call yet. */
    startDay() {
      for (const { response } of state.world.listeners) response.destroy()
      state.world = mockWorld()
      state.isAway = false
    },
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The server is as good as gone: nothing is answered, open streams break. */
    goAway() {
      state.isAway = true
      for (const { response } of state.world.listeners) response.destroy()
    },
    comeBack() {
      state.isAway = false
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      if (!built) await rm(folder, { recursive: true })
    },
  }
}

/** As it is shipped but for the phone. A test runner's NODE_ENV would make it a development build. */
export async function buildConsole(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'javob-console-'))
  const root = fileURLToPath(new URL('..', import.meta.url))
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await build({ root, mode: 'screens', logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } })
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
  return folder
}

type Exchange = { world: MockWorld; folder: string; request: IncomingMessage; response: ServerResponse }

async function handle({ world, folder, request, response }: Exchange): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://console')
  if (!url.pathname.startsWith('/api/'))
    return await sendFile({ world, folder, path: url.pathname, response })
  const token = /javob=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
  try {
    if (request.method !== 'GET' && request.headers['x-javob'] !== '1') throw new Refused('notAllowed')
    const answered = answer(request.method ?? 'GET', {
      world,
      token,
      me: world.staffOf(token),
      path: url.pathname.slice('/api/'.length).split('/'),
      query: url.searchParams,
      body: await readBody(request),
      range: request.headers.range,
      response,
    })
    if (answered === ANSWERED) return
    if (answered === undefined) response.writeHead(204).end()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered))
  } catch (error) {
    const code = error instanceof Refused ? error.code : 'badInput'
    if (!(error instanceof Refused))
      process.stderr.write(`${request.method} ${request.url}: ${String(error)}\n`)
    const problems = error instanceof Refused ? error.problems : undefined
    const problem = { type: 'about:blank', title: code, status: STATUS[code] ?? 409, code, problems }
    response
      .writeHead(problem.status, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify(problem))
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) return Buffer.concat(chunks)
  const isJson = type.startsWith('application/json')
  return isJson && chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined
}

type Sending = Pick<Exchange, 'world' | 'folder' | 'response'> & { path: string }

/** The console is one page: what is not a file of it is an address inside it. */
async function sendFile({ world, folder, path, response }: Sending): Promise<void> {
  const file = extname(path) === '' ? 'index.html' : normalize(path)
  try {
    const bytes = await readFile(join(folder, file))
    response
      .writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': SECURITY(reachedModule(world)),
      })
      .end(bytes)
  } catch {
    response.writeHead(404).end()
  }
}

/** The module of the computer, once an administrator has set signing up. */
function reachedModule({ signing }: MockWorld): string {
  const { module, server } = signing.settings.rules
  return server === '' ? '' : new URL(module).origin
}

/** Somebody who is available gets a call after a while. */
function keepCalling(world: MockWorld): void {
  const waiting = new Set<string>()
  setInterval(() => {
    for (const { login, role } of world.staff.filter((one) => one.role === 'agent')) {
      if (world.agent(login).now().status !== 'available' || waiting.has(login)) continue
      waiting.add(login)
      setTimeout(() => {
        waiting.delete(login)
        if (role === 'agent' && world.agent(login).now().status === 'available') world.ring(login)
      }, CALL_COMES_AFTER_MS)
    }
  }, 1_000)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } })
  const mock = await startMock({ port: Number(values.port) })
  keepCalling(mock.world)
  const logins = mock.world.staff.map(({ login }) => login).join(', ')
  process.stdout.write(`${mock.address}\nsign in as ${logins}; the password is ${PASSWORD}\n`)
}
