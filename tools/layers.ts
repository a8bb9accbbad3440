/**
 * Who may import whom, and which words belong where. Read by
 * test/architecture.test.ts, and told in words in ARCHITECTURE.md.
 *
 * Rows say where code runs: `core` is the rules, `contract` what crosses the
 * network, `portal` the pages citizens read, `server` and `console` are what runs, `tools` and `bench` are the
 * developer's programs. A row that is not listed may not be imported.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  contract: ['core'],
  portal: ['core'],
  server: ['core', 'contract', 'portal'],
  console: ['core', 'contract'],
  tools: ['core', 'contract', 'server'],
  bench: ['core', 'contract', 'server', 'tools'],
}

/** Rows that run beside the product; of the server they may start the engine and the database; a benchmark also what it measures. */
const BESIDE_THE_PRODUCT = ['tools', 'bench']

/** What a benchmark measures without the rest of the product around it. */
const MEASURED = [
  'server/appeals/service.ts',
  'server/asterisk/asterisk-media-engine.ts',
  'server/calls/caller-look-up.ts',
  'server/citizens/service.ts',
  'server/deadlines/service.ts',
  'server/knowledge/items.ts',
  'server/knowledge/search.ts',
  'server/messages/service.ts',
  'server/portal/routes.ts',
  'server/portal/service.ts',
]

/** The files of a server module that every other module may import. */
const PUBLIC_FILES = ['service.ts', 'events.ts', 'ports.ts']

/** The wiring diagram: what may import everything in `server`, and what nothing else imports. */
const WIRING = ['main.ts', 'wiring']

/** The files of a server module that only the wiring may import: it alone plugs them in. */
const PLUGS = ['routes.ts', 'jobs.ts']

/** Drivers of the world outside, behind the ports of a module. Only the wiring knows which one is used. */
const DRIVERS = ['asterisk', 'carriers', 'chancellery', 'eimzo', 'oneid', 'scanner']

/** Folders of `core` whose files may be imported by every other folder of it. */
const SHARED_BY_CORE = ['lib']

/** Says what is wrong with `from` importing `to` (both relative to the root), or nothing. */
export function importProblem(from: string, to: string): string | undefined {
  const fromRow = row(from)
  const toRow = row(to)
  if (fromRow !== toRow) {
    if (!MAY_IMPORT[fromRow]?.includes(toRow)) return `${fromRow} may not import ${toRow}`
    return BESIDE_THE_PRODUCT.includes(fromRow) && toRow === 'server'
      ? problemFromBeside(fromRow, to)
      : undefined
  }
  return fromRow === 'server' ? problemInServer(from, to) : undefined
}

function problemInServer(from: string, to: string): string | undefined {
  const [, fromModule = ''] = from.split('/')
  const [, toModule = '', toFile = ''] = to.split('/')
  if (fromModule === toModule || WIRING.includes(fromModule)) return undefined
  if (WIRING.includes(toModule)) return `nothing else imports server/${toModule}`
  if (belongsToNoSubject(toModule)) return undefined
  if (DRIVERS.includes(toModule)) return `only the wiring imports server/${toModule}`
  if (PLUGS.includes(toFile)) return `only the wiring imports the ${toFile} of a module`
  if (!PUBLIC_FILES.includes(toFile))
    return `server/${toModule} is reached only through ${PUBLIC_FILES.join(', ')}`
  return undefined
}

function problemFromBeside(fromRow: string, to: string): string | undefined {
  const [, toModule = '', toFile = ''] = to.split('/')
  const startsSomething = toModule === 'asterisk' && toFile.startsWith('engine-')
  if (startsSomething || belongsToNoSubject(toModule)) return undefined
  if (fromRow === 'bench' && MEASURED.includes(to)) return undefined
  return `${fromRow} may import only the shared files, database and asterisk/engine-*.ts of server`
}

/** The database and the files directly in `server`: config, errors, log and their like, which any module may import. */
function belongsToNoSubject(module: string): boolean {
  return module === 'database' || (module.endsWith('.ts') && !WIRING.includes(module))
}

/** The folder of `core` that a file lies in when imports between folders have to be free of circles, or nothing. */
export function coreFolder(file: string): string | undefined {
  const [fileRow, folder = ''] = file.split('/')
  return fileRow === 'core' && !SHARED_BY_CORE.includes(folder) ? folder : undefined
}

/** What of the console knows that there is a server, and where. Softphone and pages use these. */
const TALKS_TO_THE_SERVER = [
  'console/api.ts',
  'console/appeal-office-api.ts',
  'console/desk-api.ts',
  'console/queue-api.ts',
  'console/settings-api.ts',
  'console/knowledge-api.ts',
  'console/chat-api.ts',
  'console/papers-api.ts',
  'console/signing-api.ts',
  'console/flow-api.ts',
  'console/portal-api.ts',
  'console/learning-api.ts',
  'console/message-api.ts',
  'console/script-api.ts',
  'console/request.ts',
  'console/live.ts',
]

/**
 * A word that belongs in one place only. `notMeant` takes out what others'
 * interfaces call by the same word before it is looked for.
 */
type WordRule = {
  word: RegExp
  problem: string
  holdsIn: (file: string) => boolean
  notMeant?: RegExp
}

const WORD_RULES: readonly WordRule[] = [
  {
    word: /\bDate\.now|\bnew Date\(\)|\bMath\.random|\bperformance\.now|\bcrypto\.|\bIntl\./,
    problem: 'core is told the time and given its chance',
    holdsIn: (file) => row(file) === 'core',
  },
  {
    word: /\basync\b|\bawait\b|\bPromise\b/,
    problem: 'core never waits',
    holdsIn: (file) => row(file) === 'core',
  },
  {
    word: /channel|bridge|stasis/i,
    problem: "Asterisk's word outside server/asterisk",
    holdsIn: (file) =>
      ['core', 'contract', 'portal', 'server', 'console'].includes(row(file)) &&
      !file.startsWith('server/asterisk/'),
    // Sound has channels too, and so have browsers: these are the names others gave.
    notMeant:
      /(Broadcast|Message|Data)Channel|numberOfChannels|channel(Count|Data|_layout)|getChannelData|splitChannels/g,
  },
  {
    word: /\bfetch\(|\bnew EventSource\b|\bXMLHttpRequest\b|\bsendBeacon\b/,
    problem: `only ${TALKS_TO_THE_SERVER.join(', ')} talk to the server`,
    holdsIn: (file) => isConsoleScreen(file),
  },
  {
    word: /['"`]\/[a-z][\w/:$-]*/i,
    problem: 'every address is in console/paths.ts',
    holdsIn: (file) => isConsoleScreen(file) && file !== 'console/paths.ts',
    // A picture is no page.
    notMeant: /['"`]\/[\w-]+\.(svg|png|ico)['"`]/g,
  },
  {
    // Handing the whole environment on, to the configuration or to another program, is not reading it.
    word: /\bprocess\.env\s*[.[?]|[{}\s]=\s*process\.env\b/,
    problem: 'server/config.ts is the only reader of the environment',
    holdsIn: (file) => row(file) === 'server' && file !== 'server/config.ts',
  },
]

/** Says which word in `text` does not belong in `file`, or nothing. Comments may say what they like. */
export function wordProblem(file: string, text: string): string | undefined {
  for (const { word, problem, holdsIn, notMeant } of WORD_RULES) {
    if (!holdsIn(file)) continue
    const code = withoutComments(text)
    const found = (notMeant ? code.replace(notMeant, '') : code).match(word)
    if (found) return `${problem}: ${found[0]}`
  }
  return undefined
}

function withoutComments(text: string): string {
  return text.replace(/\/\*.*?\*\//gs, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** Everything people see, and what stands behind it; not how it is built or shown without a server. */
function isConsoleScreen(file: string): boolean {
  const builds = file.endsWith('.config.ts') || file.startsWith('console/dev/')
  return row(file) === 'console' && !builds && !TALKS_TO_THE_SERVER.includes(file)
}

function row(file: string): string {
  return file.split('/')[0] ?? ''
}
