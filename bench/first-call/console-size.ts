/** The script that must arrive before the console's first screen: what index.html loads, and all that imports of its own accord. */
import { gzipSync } from 'node:zlib'
import { atMost, type Measure } from '../lib/measure.ts'

const TARGET_KIB = 300
const SCRIPTS_MAX = 200

export async function benchConsoleSize(web: string): Promise<Measure> {
  const waiting = scriptsIn(await text(`${web}/`)).map((path) => new URL(path, `${web}/`).href)
  const seen = new Set<string>()
  let bytes = 0
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (seen.has(url) || seen.size >= SCRIPTS_MAX) continue
    seen.add(url)
    const script = await text(url)
    bytes += gzipSync(script, { level: 9 }).length
    for (const path of staticImports(script)) waiting.push(new URL(path, url).href)
  }
  const work = `${seen.size} scripts needed by the first screen; KiB, gzip`
  return atMost(TARGET_KIB, {
    name: 'console, first screen',
    work,
    ours: seen.size > 0 ? bytes / 1024 : undefined,
  })
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
