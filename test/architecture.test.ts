/** The house as it is meant to be: who imports whom, and which words stand where. The rules are in tools/layers.ts. */
import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { coreFolder, importProblem, wordProblem } from '../tools/layers.ts'

const sources = globSync('{core,contract,portal,server,console,tools,bench}/**/*.{ts,tsx}').filter(
  (file) => !/\.test\.tsx?$/.test(file),
)

test.each(sources)('%s keeps to its layer', (file) => {
  const problems = importsOf(file).map((target) => importProblem(file, target))
  problems.push(wordProblem(file, readFileSync(file, 'utf8')))
  expect(problems.filter(Boolean)).toEqual([])
})

test('files do not import each other in a circle', () => {
  expect(circles(importGraph(sources))).toEqual([])
})

test('the folders of core do not import each other in a circle', () => {
  expect(circles(coreFolders(importGraph(sources)))).toEqual([])
})

// A rule that never fires looks exactly like a rule that is kept, so show each one firing.
test.each([
  ['core/routing/queue-engine.ts', 'server/calls/service.ts', 'core may not import server'],
  ['core/routing/queue-engine.ts', 'contract/calls.ts', 'core may not import contract'],
  ['contract/calls.ts', 'server/errors.ts', 'contract may not import server'],
  ['console/api.ts', 'server/appeals/service.ts', 'console may not import server'],
  ['portal/layout.ts', 'server/portal/service.ts', 'portal may not import server'],
  ['console/api.ts', 'portal/html.ts', 'console may not import portal'],
  ['server/main.ts', 'console/paths.ts', 'server may not import console'],
  ['server/main.ts', 'tools/cli.ts', 'server may not import tools'],
  ['tools/cli.ts', 'console/paths.ts', 'tools may not import console'],
  ['tools/cli.ts', 'bench/first-call.ts', 'tools may not import bench'],
  [
    'server/calls/service.ts',
    'server/appeals/store.ts',
    'server/appeals is reached only through service.ts, events.ts, ports.ts',
  ],
  [
    'server/calls/service.ts',
    'server/appeals/routes.ts',
    'only the wiring imports the routes.ts of a module',
  ],
  ['server/calls/service.ts', 'server/recordings/jobs.ts', 'only the wiring imports the jobs.ts of a module'],
  ['server/calls/service.ts', 'server/asterisk/ari-client.ts', 'only the wiring imports server/asterisk'],
  ['server/appeals/service.ts', 'server/carriers/service.ts', 'only the wiring imports server/carriers'],
  ['server/calls/service.ts', 'server/main.ts', 'nothing else imports server/main.ts'],
  ['server/calls/service.ts', 'server/wiring/memory.ts', 'nothing else imports server/wiring'],
  [
    'tools/cli.ts',
    'server/calls/service.ts',
    'tools may import only the shared files, database and asterisk/engine-*.ts of server',
  ],
  [
    'bench/first-call.ts',
    'server/asterisk/ari-client.ts',
    'bench may import only the shared files, database and asterisk/engine-*.ts of server',
  ],
])('%s may not import %s', (from, to, problem) => {
  expect(importProblem(from, to)).toBe(problem)
})

test.each([
  ['server/wiring/calls.ts', 'server/asterisk/ari-client.ts'],
  ['server/main.ts', 'server/wiring/web.ts'],
  ['server/wiring/web.ts', 'server/appeals/routes.ts'],
  ['server/calls/service.ts', 'server/appeals/service.ts'],
  ['server/asterisk/ari-client.ts', 'server/calls/ports.ts'],
  ['server/calls/store.ts', 'server/database/schema.ts'],
  ['tools/setup/engine-root.ts', 'server/asterisk/engine-process.ts'],
  ['bench/first-call.ts', 'tools/callers/tone.ts'],
  ['bench/events.ts', 'server/asterisk/asterisk-media-engine.ts'],
])('%s may import %s', (from, to) => {
  expect(importProblem(from, to)).toBeUndefined()
})

test.each([
  ['core/deadlines/due-day.ts', 'const today = new Date()'],
  ['core/routing/queue-engine.ts', 'const since = Date.now()'],
  ['core/routing/queue-engine.ts', 'const first = idle[Math.floor(Math.random() * idle.length)]'],
  ['core/text/numbers.ts', "const text = new Intl.NumberFormat('uz').format(value)"],
  ['core/ivr/interpreter.ts', 'export async function step() {}'],
  ['server/calls/service.ts', 'bridge.addChannel(caller)'],
  ['console/pages/calls/CallPage.tsx', 'const channelId = call.channel'],
  ['contract/calls.ts', "export const ENDS = ['StasisEnd']"],
  ['console/pages/calls/CallPage.tsx', 'const rows = await fetch(address)'],
  ['console/pages/calls/CallPage.tsx', 'const stream = new EventSource(address)'],
  ['console/pages/calls/CallPage.tsx', 'navigate(`/calls/${id}`)'],
  ['console/pages/calls/CallPage.tsx', '<Link to="/appeals">'],
  ['server/calls/service.ts', 'const port = process.env.PORT'],
  ['server/calls/service.ts', "const port = process.env['PORT']"],
  ['server/calls/service.ts', 'const { PORT } = process.env'],
])('%s may not say %s', (file, text) => {
  expect(wordProblem(file, text)).toBeDefined()
})

test.each([
  ['server/asterisk/ari-client.ts', 'await addToBridge(channel)'],
  ['server/calls/service.ts', '// Asterisk would call this a bridge.'],
  ['console/pages/calls/Player.tsx', 'const left = sound.getChannelData(0)'],
  ['server/main.ts', 'const config = readConfig(process.env, words)'],
  ['console/shell/Shell.tsx', '<img src="/javob.svg" alt="" />'],
  ['console/paths.ts', 'export const calls = () => `/calls`'],
  ['core/lib/time.ts', 'new Date(instant).getUTCHours()'],
])('%s may say %s', (file, text) => {
  expect(wordProblem(file, text)).toBeUndefined()
})

test('a circle between files is found, and so is one between folders of core', () => {
  const graph = new Map([
    ['core/routing/a.ts', ['core/ivr/b.ts']],
    ['core/ivr/b.ts', ['core/lib/time.ts']],
    ['core/ivr/c.ts', ['core/routing/d.ts']],
    ['core/routing/d.ts', ['core/routing/e.ts']],
    ['core/routing/e.ts', ['core/routing/d.ts']],
  ])
  expect(circles(graph)).toEqual(['core/routing/d.ts -> core/routing/e.ts -> core/routing/d.ts'])
  expect(circles(coreFolders(graph))).toEqual(['routing -> ivr -> routing'])
})

const IMPORTED_FROM = /^(?:import|export)\b[^'"`=]*?\bfrom\s+['"]([^'"]+)['"]/gm
const IMPORTED_WHOLE = /\bimport\s*\(?\s*['"]([^'"]+)['"]/g

type Graph = ReadonlyMap<string, readonly string[]>

function importGraph(files: readonly string[]): Graph {
  return new Map(files.map((file) => [file, importsOf(file)]))
}

/** The files of ours that `file` imports, relative to the root; type-only imports included. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const specifiers = [...text.matchAll(IMPORTED_FROM), ...text.matchAll(IMPORTED_WHOLE)]
  return specifiers.flatMap(([, specifier = '']) => {
    if (specifier.startsWith('#')) return [specifier.slice(1)]
    if (specifier.startsWith('.')) return [posix.join(posix.dirname(file), specifier)]
    return []
  })
}

/** The same graph, seen from further off: folders of core instead of files. */
function coreFolders(graph: Graph): Graph {
  const folders = new Map<string, string[]>()
  for (const [file, targets] of graph) {
    const folder = coreFolder(file)
    if (folder === undefined) continue
    const others = targets.map(coreFolder).filter((other) => other !== undefined && other !== folder)
    folders.set(folder, [...(folders.get(folder) ?? []), ...others.filter((other) => other !== undefined)])
  }
  return folders
}

function circles(graph: Graph): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) found.push([...path.slice(path.indexOf(node)), node].join(' -> '))
    if (path.includes(node) || done.has(node)) return
    for (const target of graph.get(node) ?? []) visit(target, [...path, node])
    done.add(node)
  }
  for (const node of graph.keys()) visit(node, [])
  return found
}
