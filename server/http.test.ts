import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { PROBLEM_CODES, Problem } from '#contract/problems.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { Refusal } from './errors.ts'
import { openHttp } from './http.ts'
import { allAllow, allow, open } from './http-permissions.ts'
import { PROBLEM_STATUS } from './http-problems.ts'

const console_ = mkdtempSync(join(tmpdir(), 'javob-console-'))
mkdirSync(join(console_, 'assets'))
writeFileSync(join(console_, 'index.html'), '<!doctype html><title>Javob</title>')
writeFileSync(join(console_, 'assets/main-abc.js'), 'export {}')
afterAll(() => rmSync(console_, { recursive: true }))

/** Where pages may connect beside to us. */
const reached: string[] = []

async function server(routes: FastifyPluginAsyncZod, logged: string[] = []) {
  const log = pino({ level: 'info' }, { write: (line) => void logged.push(line) })
  const app = await openHttp({
    log,
    // The cookie is the role, for this test.
    staffOf: async (token) => ({
      id: 'someone' as StaffId,
      name: 'Someone',
      role: token as Role,
      signIn: 'one',
    }),
    health: async () => ({ database: true, engine: false }),
    consoleFolder: console_,
    reaches: () => reached,
  })
  await app.register(routes, { prefix: '/api' })
  await app.ready()
  return app
}

const nothing: FastifyPluginAsyncZod = async () => undefined
const ours = { 'x-javob': '1' }

const notes: FastifyPluginAsyncZod = async (app) => {
  const schema = {
    summary: 'Write a note',
    body: z.object({ text: z.string().min(3).max(10), count: z.number() }),
  }
  app.post('/notes', { config: allow('registerAppeal'), schema }, async ({ staff }) => ({ by: staff.role }))
  app.get('/broken', { config: open }, async () => {
    throw Object.assign(new Error('column "salary" does not exist'), { detail: 'Key (name)=(Karimova)' })
  })
  app.get('/gone', { config: open }, async () => {
    throw new Refusal('callGone', 'The call has ended')
  })
}

test('a route that does not say who may use it stops the server from starting', async () => {
  const careless: FastifyPluginAsyncZod = async (app) => {
    app.get('/secrets', async () => 'everything')
    app.get('/nobody', { config: allow() }, async () => 'everything')
  }
  await expect(server(careless)).rejects.toThrow(
    'do not say who may use them: GET /api/secrets, HEAD /api/secrets, GET /api/nobody',
  )
})

test('a plugin can state it for all its routes', async () => {
  const app = await server(async (plugin) => {
    plugin.addHook('onRoute', allAllow('changeFlows'))
    plugin.get('/flows', async () => [])
    plugin.get('/flows/help', { config: open }, async () => 'help')
  })
  const status = async (url: string, role?: Role) =>
    (await app.inject({ url, ...(role && { cookies: { javob: role } }) })).statusCode
  expect([
    await status('/api/flows'),
    await status('/api/flows', 'agent'),
    await status('/api/flows', 'administrator'),
  ]).toEqual([401, 403, 200])
  expect(await status('/api/flows/help')).toBe(200)
})

test('a role that may not is refused, and nobody at all is asked to sign in', async () => {
  const app = await server(notes)
  const post = async (role?: Role) =>
    (
      await app.inject({
        method: 'POST',
        url: '/api/notes',
        headers: ours,
        payload: { text: 'abc', count: 1 },
        ...(role && { cookies: { javob: role } }),
      })
    ).json()
  expect(await post()).toMatchObject({ code: 'notSignedIn', status: 401 })
  expect(await post('chancellery')).toMatchObject({ code: 'notAllowed', status: 403 })
  expect(await post('agent')).toEqual({ by: 'agent' })
})

test.each([
  ['without the header', {}],
  ['from another site', { ...ours, 'sec-fetch-site': 'cross-site' }],
  ['from another port of this machine', { ...ours, 'sec-fetch-site': 'same-site' }],
])('a change %s is refused', async (_how, headers) => {
  const app = await server(notes)
  const response = await app.inject({
    method: 'POST',
    url: '/api/notes',
    headers,
    cookies: { javob: 'agent' },
    payload: { text: 'abc', count: 1 },
  })
  expect(response.json()).toMatchObject({ code: 'notAllowed' })
})

test('bad input is answered with what is wrong, as a problem', async () => {
  const app = await server(notes)
  const post = async (payload: object | string, type = 'application/json') =>
    await app.inject({
      method: 'POST',
      url: '/api/notes',
      headers: { ...ours, 'content-type': type },
      cookies: { javob: 'agent' },
      payload,
    })
  const answer = await post({ text: 'a' })
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(Problem.parse(answer.json())).toMatchObject({ code: 'badInput', status: 400 })
  expect(answer.json().detail).toMatch(/body\.text: .+; body\.count: .+/)
  for (const broken of [
    await post('{"text":'),
    await post(''),
    await post('text=abc', 'application/x-www-form-urlencoded'),
    await post('hello', 'text/plain'),
  ]) {
    expect(Problem.parse(broken.json())).toMatchObject({ code: 'badInput' })
  }
  // A pasted text is told by its field, up to a weight that no form has.
  const pasted = (await post({ text: 'ж'.repeat(100_000), count: 1 })).json()
  expect(pasted).toMatchObject({
    code: 'badInput',
    status: 400,
    detail: expect.stringContaining('body.text'),
  })
  expect((await post({ text: 'x'.repeat(1_100_000) })).json()).toMatchObject({
    code: 'tooLarge',
    status: 413,
  })
})

test('our own mistake shows nothing of its inside, and is logged with its stack but without the values', async () => {
  const logged: string[] = []
  const app = await server(notes, logged)
  const response = await app.inject('/api/broken?search=Karimova')
  expect(response.json()).toEqual({
    type: 'urn:javob:problem:somethingWentWrong',
    title: 'Something went wrong',
    status: 500,
    code: 'somethingWentWrong',
  })
  expect(logged.join()).toContain('http.test.ts')
  expect(logged.join()).not.toContain('Karimova')
})

test('a refusal carries its code and status, and every code has one', async () => {
  const app = await server(notes)
  expect((await app.inject('/api/gone')).json()).toMatchObject({
    code: 'callGone',
    status: 409,
    detail: 'The call has ended',
  })
  expect(Object.keys(PROBLEM_STATUS).sort()).toEqual([...PROBLEM_CODES].sort())
})

test('an unknown address below /api is a problem, elsewhere it is the console', async () => {
  const app = await server(nothing)
  expect((await app.inject('/api/nothing')).json()).toMatchObject({ code: 'notFound' })
  expect((await app.inject('/appeals/17')).body).toContain('<title>Javob</title>')
  expect((await app.inject('/')).headers['cache-control']).toBe('no-cache')
  const script = await app.inject('/assets/main-abc.js')
  expect(script.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': expect.stringContaining('javascript'),
  })
  expect((await app.inject('/assets/missing.js')).statusCode).toBe(404)
  expect((await app.inject('/..%2f..%2fetc/passwd.txt')).statusCode).toBeGreaterThanOrEqual(400)
})

test('pages run only our own scripts, in nobody else’s frame, and speak only to us', async () => {
  const app = await server(nothing)
  const policy = String(
    (await app.inject({ url: '/', headers: { host: 'javob.uz:8000' } })).headers['content-security-policy'],
  )
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("connect-src 'self' ws://javob.uz:8000 wss://javob.uz:8000")
  expect(policy).toContain("media-src 'self' blob:")
  expect(policy).toContain("frame-ancestors 'none'")
  const forged = String(
    (await app.inject({ url: '/', headers: { host: 'x; script-src *' } })).headers['content-security-policy'],
  )
  expect(forged).not.toContain('*')
})

test('pages reach the module of their computer from when signing is set up, and nothing else', async () => {
  const app = await server(nothing)
  const connects = async () =>
    /connect-src ([^;]*)/.exec(String((await app.inject('/')).headers['content-security-policy']))?.[1]
  const before = await connects()
  reached.push('wss://127.0.0.1:64443')
  expect(await connects()).toBe(`${before} wss://127.0.0.1:64443`)
  reached.length = 0
  expect(await connects()).toBe(before)
})

test('health tells each part, and fails as a whole with one of them', async () => {
  const response = await (await server(nothing)).inject('/api/health')
  expect([response.statusCode, response.json()]).toEqual([
    503,
    { ok: false, parts: { database: true, engine: false } },
  ])
})

test('the OpenAPI document tells summary, tags, who may, and how a refusal looks', async () => {
  const document = (await (await server(notes)).inject('/api/openapi.json')).json()
  expect(document.openapi).toBe('3.1.0')
  expect(document.paths['/api/notes'].post).toMatchObject({
    summary: 'Write a note',
    tags: ['notes'],
    security: [{ signIn: [] }],
    'x-allow': ['registerAppeal'],
    responses: {
      default: {
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  })
  expect(document.paths['/api/health'].get.security).toEqual([])
  expect(document.components.schemas.Problem.properties.code.enum).toEqual([...PROBLEM_CODES])
})
