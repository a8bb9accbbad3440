/**
 * For tests: a server that stands in for OneID and keeps to its protocol, all four steps at one address. It may be told
 * to be slow, away, or of another mind about who somebody is.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OneIdPlace } from './one-id.ts'

const CLIENT = { clientId: 'javob_test', secret: 'a-secret-of-tests', scope: 'javob_test' }

/** Invented, as OneID tells of somebody. */
export const GULNORA = {
  pin: '41203950240013',
  user_id: 'gulnora',
  full_name: 'RAHIMOVA GULNORA ANVAR QIZI',
  sur_name: 'RAHIMOVA',
  first_name: 'GULNORA',
  mid_name: 'ANVAR QIZI',
  birth_date: '1995-03-12',
  mob_phone_no: '998901110000',
  user_type: 'I',
  valid: 'true',
  legal_info: [],
  ret_cd: '0',
}
export type Told = Omit<Partial<typeof GULNORA>, 'valid' | 'ret_cd'> & {
  valid?: string | boolean
  ret_cd?: string | number
}

/** `silent`: takes what is asked and never answers. `broken`: an error of its own. `chatty`: answers without end. `page`: no JSON. */
export type Mood = 'well' | 'silent' | 'broken' | 'chatty' | 'page'

export async function testOneId() {
  const asked: URLSearchParams[] = []
  const state = {
    mood: 'well' as Mood,
    /** From which step on the mood is felt; each, where none is named. */
    moodAt: undefined as string | undefined,
    person: GULNORA as Told,
    /** Codes that are given out are older already than they may be. */
    givesOldCodes: false,
    asked,
    loggedOut: [] as string[],
  }
  const codes = new Map<string, { redirectUri: string; isOld: boolean }>()
  const tokens = new Map<string, Told>()

  /** Step 1: what the citizen sees; without a program, because the portal has none. */
  function show(query: URLSearchParams, response: ServerResponse): void {
    const isSound =
      query.get('response_type') === 'one_code' &&
      query.get('client_id') === CLIENT.clientId &&
      query.get('scope') === CLIENT.scope
    const back = query.get('redirect_uri')
    if (!isSound || back === null) return void response.writeHead(400).end('No such client')
    const code = randomBytes(8).toString('hex')
    codes.set(code, { redirectUri: back, isOld: state.givesOldCodes })
    const to = (name: string, value: string) => {
      const address = new URL(back)
      address.searchParams.set(name, value)
      address.searchParams.set('state', query.get('state') ?? '')
      return address.href.replaceAll('&', '&amp;')
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(
      `<!doctype html><html lang="uz"><title>OneID</title><h1>OneID</h1>
<a href="${to('code', code)}">Ruxsat berish</a> <a href="${to('error', 'access_denied')}">Rad etish</a></html>`,
    )
  }

  /** Steps 2 to 4. */
  function answer(form: URLSearchParams): [status: number, body: object] {
    const isClient = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.secret
    if (!isClient) return [401, { error: 'invalid_client' }]
    switch (form.get('grant_type')) {
      case 'one_authorization_code':
        return changeCode(form)
      case 'one_access_token_identify': {
        const person = tokens.get(form.get('access_token') ?? '')
        return person && form.get('scope') === CLIENT.scope
          ? [200, person]
          : [400, { error: 'invalid_token' }]
      }
      case 'one_log_out': {
        const token = form.get('access_token') ?? ''
        if (tokens.delete(token)) state.loggedOut.push(token)
        return [200, { ret_cd: '0' }]
      }
      default:
        return [400, { error: 'unsupported_grant_type' }]
    }
  }

  /** A code is good once, and only for the address it was given to. */
  function changeCode(form: URLSearchParams): [status: number, body: object] {
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    if (!code || code.isOld || code.redirectUri !== form.get('redirect_uri'))
      return [400, { error: 'invalid_grant' }]
    const access_token = randomBytes(16).toString('hex')
    tokens.set(access_token, state.person)
    return [200, { access_token, refresh_token: 'r', expires_in: 1_800, scope: CLIENT.scope }]
  }

  const server = createServer((request, response) => void serve(request, response))
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '', 'http://one-id')
    if (address.pathname !== '/sso/oauth/Authorization.do') return void response.writeHead(404).end()
    if (request.method === 'GET') return show(address.searchParams, response)
    const form = new URLSearchParams(await readAll(request))
    asked.push(form)
    const isMoodFelt = state.moodAt === undefined || state.moodAt === form.get('grant_type')
    if (isMoodFelt && state.mood !== 'well') return misbehave(state.mood, response)
    const [status, body] = answer(form)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const place: OneIdPlace = { ...CLIENT, address: `http://127.0.0.1:${port}/sso/oauth/Authorization.do` }
  return Object.assign(state, {
    place,

    /** As a browser that goes to the address and says yes, or no: where it is sent back to. */
    async decide(address: string, link: 'Ruxsat berish' | 'Rad etish' = 'Ruxsat berish'): Promise<string> {
      const page = await (await fetch(address)).text()
      const href = new RegExp(`href="([^"]+)">${link}`).exec(page)?.[1]
      if (href === undefined) throw new Error(`OneID shows: ${page}`)
      return href.replaceAll('&amp;', '&')
    },

    reset(): void {
      Object.assign(state, { mood: 'well', moodAt: undefined, person: GULNORA, givesOldCodes: false })
      asked.length = 0
      state.loggedOut.length = 0
    },

    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

function misbehave(mood: Exclude<Mood, 'well'>, response: ServerResponse): void {
  if (mood === 'silent') return
  if (mood === 'broken') return void response.writeHead(503).end('Service Unavailable')
  if (mood === 'page')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>OneID</h1>')
  const write = (): void => {
    while (!response.destroyed && response.write('x'.repeat(64 * 1024))) continue
    response.once('drain', write)
  }
  write()
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

export type TestOneId = Awaited<ReturnType<typeof testOneId>>
