import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Vitest loads modules in its own way, so this is looked at in a process without it. */
const LATE_MODULES = `
  import { registerHooks } from 'node:module'
  import pino from 'pino'
  import { z } from 'zod'
  import { openHttp } from './http.ts'
  import { loadHttpAhead } from './http-ahead.ts'
  import { open } from './http-permissions.ts'
  const log = pino({ level: 'silent' })
  await loadHttpAhead(log)
  const late = []
  registerHooks({
    resolve(name, context, next) {
      const found = next(name, context)
      if (found.url.startsWith('file:')) late.push(found.url)
      return found
    },
  })
  const app = await openHttp({
    log,
    staffOf: async () => undefined,
    health: async () => ({}),
    consoleFolder: '/',
  })
  const schema = { summary: 'Echo', body: z.object({ a: z.string() }), response: { 200: z.object({ a: z.string() }) } }
  app.post('/api/echo', { config: open, schema }, async (request) => request.body)
  const headers = { 'x-javob': '1' }
  const codes = [
    await app.inject({ method: 'POST', url: '/api/echo', headers, payload: { a: 'b' } }),
    await app.inject({ method: 'POST', url: '/api/echo', headers, payload: { a: 1 } }),
    await app.inject('/api/openapi.json'),
    await app.inject('/nowhere.js'),
  ].map((answer) => answer.statusCode)
  console.log(JSON.stringify({ codes, late }))
`

test('a web server whose root was given up reads no more modules from the checkout', async () => {
  const args = ['--input-type=module', '--eval', LATE_MODULES]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })
  expect(JSON.parse(stdout)).toEqual({ codes: [200, 400, 200, 404], late: [] })
}, 30_000)
