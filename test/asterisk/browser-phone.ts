/**
 * A browser as an agent's phone, as the console is one: JsSIP in a real Chromium,
 * calling its line over WebSocket. Its microphone is Chromium's own beeping one.
 */
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { build } from 'vite'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { PhoneAddress } from '../../server/calls/ports.ts'

/** Audio between a page and an engine on one machine, without prompts, without a sound card. */
const FLAGS = [
  '--no-sandbox',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export type BrowserPhone = { page: Page; state(): Promise<string>; close(): Promise<void> }

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env.JAVOB_CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  })
}

let jssip: Promise<string> | undefined

/** JsSIP as one script for a page. */
async function jssipScript(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('jssip')
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, name: 'JsSIP', formats: ['iife'] } },
  })
  const output = (Array.isArray(built) ? built[0] : built) as { output: { code?: string }[] }
  return output.output[0]?.code ?? ''
}

export async function browserPhone(
  browser: Browser,
  wsPort: number,
  address: PhoneAddress,
  password: string,
): Promise<BrowserPhone> {
  const script = await (jssip ??= jssipScript())
  // A microphone is given to pages of this machine only, so it must be a served page.
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Phone</title>'),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const context = await browser.newContext({ permissions: ['microphone'] })
  const page = await context.newPage()
  await page.goto(`http://localhost:${port}/`)
  await page.addScriptTag({ content: script })
  await page.evaluate(
    `(${PHONE})(${JSON.stringify({ ws: `ws://127.0.0.1:${wsPort}/ws`, ...address, password })})`,
  )
  return {
    page,
    state: () => page.evaluate('window.phoneState') as Promise<string>,
    async close() {
      await context.close()
      server.close()
    },
  }
}

/** Runs in the page; written as text, since the page's words are unknown here. */
const PHONE = `({ ws, username, domain, lineUri, password }) => {
  const JsSIP = window.JsSIP.default ?? window.JsSIP
  const phone = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(ws)],
    uri: 'sip:' + username + '@' + domain, authorization_user: username, password, register: false, session_timers: false,
  })
  window.phoneState = 'new'
  phone.on('connected', () => {
    const call = phone.call(lineUri, { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } })
    window.phoneCall = call
    call.on('confirmed', () => { window.phoneState = 'up' })
    call.on('ended', (e) => { window.phoneState = 'ended ' + e.cause })
    call.on('failed', (e) => { window.phoneState = 'failed ' + e.cause })
  })
  phone.start()
}`
