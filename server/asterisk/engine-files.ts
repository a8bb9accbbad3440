/**
 * Writes the engine's configuration of one copy: the templates of asterisk/ with the
 * places and ports of this copy filled in. Trunks are kept in files of their own,
 * which are left alone here, so that calls come in before the server is up.
 */
import { chmod, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dataPaths } from '../config.ts'
import { COLON_STAND_IN } from './claimed-caller.ts'
import { beep, music } from './engine-sounds.ts'
import { EVENED_OUT } from './jitter-buffer.ts'
import { trunkFiles } from './trunk-files.ts'

const TEMPLATES = join(import.meta.dirname, '../../asterisk')
/** Read by the engine, which shares only the group. */
const FILE_MODE = 0o640

export type EnginePorts = { engineHttp: number; sip: number; rtpFirst: number; rtpLast: number }

export type EngineFiles = {
  /** The data directory of the copy. */
  data: string
  ports: EnginePorts
  /** The engine's private root, or '' for an Asterisk of the host. */
  root: string
  ariPassword: string
}

/** Where cel_custom puts its files. */
export function leftMessagesDirectory(data: string): string {
  return join(dataPaths(data).engine, 'log/cel-custom')
}

/** Files and directories that exist keep their owners; new ones belong to who calls this. */
export async function writeEngineFiles(files: EngineFiles): Promise<void> {
  const paths = dataPaths(files.data)
  const etc = join(paths.engine, 'etc')
  await mkdir(etc, { recursive: true })
  const values: Record<string, string> = {
    root: files.root,
    engine: paths.engine,
    run: paths.run,
    spool: paths.spool,
    prompts: paths.prompts,
    httpPort: String(files.ports.engineHttp),
    sipPort: String(files.ports.sip),
    rtpFirst: String(files.ports.rtpFirst),
    rtpLast: String(files.ports.rtpLast),
    ariPassword: files.ariPassword,
    colonStandIn: COLON_STAND_IN,
    evenedOut: EVENED_OUT,
  }
  for (const [name, value] of Object.entries(values)) refuseOdd(name, value)

  const templates = (await readdir(TEMPLATES)).filter((name) => name.endsWith('.conf'))
  for (const name of templates) {
    await writeWhole(join(etc, name), filled(await readFile(join(TEMPLATES, name), 'utf8'), values))
  }
  const none = trunkFiles([])
  await writeOnce(join(etc, 'pjsip_trunks.conf'), () => none.pjsip)
  await mkdir(join(paths.engine, 'lib/keys'), { recursive: true })
  // Written by the engine, whoever calls this: so by its group.
  await mkdir(leftMessagesDirectory(files.data), { recursive: true })
  await chmod(leftMessagesDirectory(files.data), 0o2770)
  await writeOnce(join(etc, 'extensions_trunks.conf'), () => none.dialplan)

  const sounds = join(paths.engine, 'sounds')
  await mkdir(sounds, { recursive: true })
  // Without the group's mark, what is put here would be the caller's own, and the engine plays silence instead.
  await chmod(sounds, 0o2750)
  for (const [name, make] of Object.entries({ 'beep.alaw': beep, 'music.alaw': music })) {
    const path = join(sounds, name)
    await writeOnce(path, make)
    // Also where somebody has put a recording of his own in its place.
    await chmod(path, 0o644)
  }
}

/** A path or secret that would mean something to the configuration reader. */
function refuseOdd(name: string, value: string): void {
  if (/[;\n\r\\${}[\]]/.test(value))
    throw new Error(`${name} has a character that Asterisk's configuration cannot hold`)
}

function filled(template: string, values: Record<string, string>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`No value for {{${name}}} in the engine's configuration`)
    return value
  })
}

async function writeOnce(path: string, content: () => string | Buffer): Promise<void> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (!isThere) await writeWhole(path, content())
}

/** Never half a file, even if we die here. */
export async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const draft = `${path}.new`
  await writeFile(draft, content, { mode: FILE_MODE })
  await chmod(draft, FILE_MODE)
  await rename(draft, path)
}
