/** The script that must arrive before the console's first screen: what index.html loads, and all that imports of its own accord. */
import { gzipSync } from 'node:zlib'
import { atMost, type Measure } from '../lib/measure.ts'

export const FIRST_SCREEN_MAX_KIB = 300
const SCRIPTS_MAX = 200

export async function benchConsoleSize(web: string): Promise<Measure> {
  const { scripts, kib } = await firstScreen((path) => text(`${web}${path}`))
  return atMost(FIRST_SCREEN_MAX_KIB, {
    name: 'console, first screen',
    work: `${scripts} scripts needed by the first screen; KiB, gzip`,
    ours: scripts > 0 ? kib : undefined,
  })
}

/** `read`: what is served at an address. */
export async function firstScreen(
  read: (path: string) => Promise<string>,
): Promise<{ scripts: number; kib: number }> {
  const absolute = (path: string, from: string) => new URL(path, `http://console${from}`).pathname
  const waiting = scriptsIn(await read('/')).map((path) => absolute(path, '/'))
  const seen = new Set<string>()
  let bytes = 0
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path) || seen.size >= SCRIPTS_MAX) continue
    seen.add(path)
    const script = await read(path)
    bytes += gzipSync(script, { level: 9 }).length
    for (const imported of staticImports(script)) waiting.push(absolute(imported, path))
  }
  return { scripts: seen.size, kib: bytes / 1024 }
}

export function scriptsIn(html: string): string[] {
  const scripts = html.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)
  const preloads = html.matchAll(/<link[^>]*\srel="modulepreload"[^>]*\shref="([^"]+)"/g)
  return [...scripts, ...preloads].map(([, path = '']) => path)
}

/** `import "x"` and `… from "x"`, as the bundler writes them; not `import("x")`, which waits to be asked. */
export function staticImports(script: string): string[] {
  return [...script.matchAll(/(?:\bimport|\bfrom|\})\s*["'](\.{0,2}\/[^"']+\.js)["']/g)].map(
    ([, path = '']) => path,
  )
}

async function text(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return await response.text()
}
