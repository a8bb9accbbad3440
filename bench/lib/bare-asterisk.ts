/**
 * The peer: the same Asterisk without Javob, with a dialplan of its own that does the
 * least that any call centre on this engine could do.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { portsFrom, readSettings } from '../../server/config.ts'
import { asteriskProgram, engineEnvironment } from '../../server/asterisk/engine-process.ts'
import { ensureEngineRoot } from '../../tools/setup/engine-root.ts'
import { ENGINE_NICENESS, keepTime, preferGroup, preferred } from '../../tools/supervisor/preference.ts'
import { freeBase } from './context.ts'

export const BARE_NUMBER = '100'
const READY_WITHIN_MS = 20_000
const STOP_WITHIN_MS = 5_000

const MODULES = [
  'res_sorcery_config',
  'res_sorcery_memory',
  'res_sorcery_astdb',
  'format_pcm',
  'codec_alaw',
  'res_timing_pthread',
  'res_pjproject',
  'res_pjsip',
  'res_pjsip_session',
  'res_pjsip_pubsub',
  'res_pjsip_endpoint_identifier_ip',
  'res_pjsip_sdp_rtp',
  'chan_pjsip',
  'res_rtp_asterisk',
  'bridge_simple',
  'pbx_config',
  'app_mixmonitor',
]

/** Its clock is kept awake as ours is (`keepClockAwake`): what it owed for an idle stretch would be done at its first call. */
const CLOCK_DIALPLAN = `[clock]
exten => awake,1,Answer()
 same => n,Wait(86400)
`
const CLOCK_CALL = 'channel originate Local/awake@clock application Wait 86400'

export type BareAsterisk = { port: number; pid: number; stop(): Promise<void> }

/** What a comparison adds to the plainest Asterisk: modules, and files of its own, among them the dialplan [bare]. */
export type BareSetup = {
  modules: readonly string[]
  files(places: { folder: string }): Record<string, string>
}

/** Plays a sound as early media. `sound` is a path without its extension. */
export function playbackSetup(sound: string): BareSetup {
  return {
    modules: ['app_playback'],
    files: ({ folder }) => ({
      // Recorded like ours, from the first second: that is part of the work.
      'extensions.conf': `[bare]
exten => ${BARE_NUMBER},1,Progress()
 same => n,MixMonitor(,r(${folder}/own/\${UNIQUEID}.citizen.alaw)t(${folder}/own/\${UNIQUEID}.agent.alaw))
 same => n,Playback(${sound},noanswer)
 same => n,Hangup()
`,
    }),
  }
}

export async function startBareAsterisk(setup: BareSetup): Promise<BareAsterisk> {
  const { hostAsterisk, cache } = readSettings()
  const engineRoot = hostAsterisk ? undefined : await ensureEngineRoot(cache)
  const folder = await mkdtemp(join(tmpdir(), 'javob-bare-'))
  const ports = portsFrom(await freeBase())
  await writeConfiguration(folder, {
    root: engineRoot ?? '',
    setup,
    sip: ports.sip,
    rtpFirst: ports.rtpFirst,
    rtpLast: ports.rtpLast,
  })

  const program = asteriskProgram({ hostAsterisk, engineRoot })
  const words = [...program.args, '-C', join(folder, 'asterisk.conf'), '-f', '-n']
  // As much before other processes as ours.
  const { command, args } = preferred({ ...program, args: words }, undefined, ENGINE_NICENESS)
  const child = spawn(command, args, {
    detached: true,
    cwd: folder,
    env: engineEnvironment(folder),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // Of a benchmark that is interrupted nothing stays.
  const endWithUs = () => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', endWithUs)
  const stop = async () => {
    process.off('exit', endWithUs)
    await end(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    if (child.pid !== undefined) preferGroup(child.pid, ENGINE_NICENESS)
    await ready(child)
    if (child.pid !== undefined) await keepTime(child.pid)
    return { port: ports.sip, pid: child.pid ?? 0, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Places = { root: string; setup: BareSetup; sip: number; rtpFirst: number; rtpLast: number }

async function writeConfiguration(folder: string, places: Places): Promise<void> {
  const own = [
    'astcachedir',
    'astvarlibdir',
    'astdbdir',
    'astkeydir',
    'astagidir',
    'astspooldir',
    'astrundir',
    'astlogdir',
  ]
  const files: Record<string, string> = {
    'asterisk.conf': `[directories]
astetcdir => ${folder}
astmoddir => ${places.root}/usr/lib/x86_64-linux-gnu/asterisk/modules
astdatadir => ${places.root}/usr/share/asterisk
${own.map((name) => `${name} => ${folder}/own`).join('\n')}
[options]
verbose = 0
`,
    'modules.conf': `[modules]\nautoload = no\n${[...MODULES, ...places.setup.modules].map((name) => `load = ${name}.so`).join('\n')}\n`,
    'logger.conf': '[general]\n[logfiles]\nconsole => error\n',
    'cli.conf': `[startup_commands]\n${CLOCK_CALL} = yes\n`,
    'rtp.conf': `[general]\nrtpstart = ${places.rtpFirst}\nrtpend = ${places.rtpLast}\n`,
    'pjsip.conf': `[udp]
type = transport
protocol = udp
bind = 127.0.0.1:${places.sip}
[caller]
type = endpoint
context = bare
disallow = all
allow = alaw
direct_media = no
[caller]
type = identify
endpoint = caller
match = 127.0.0.1
#tryinclude pjsip-more.conf
`,
    ...places.setup.files({ folder }),
  }
  files['extensions.conf'] += CLOCK_DIALPLAN
  await mkdir(join(folder, 'own'))
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
}

async function ready(child: ChildProcess): Promise<void> {
  const limit = AbortSignal.timeout(READY_WITHIN_MS)
  if (!child.stdout) throw new Error('Asterisk has no output')
  for await (const line of createInterface({ input: child.stdout, signal: limit })) {
    if (line.includes('Asterisk Ready')) {
      child.stdout.resume()
      return
    }
  }
  throw new Error('Asterisk alone did not start')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  child.kill('SIGTERM')
  await exited
  clearTimeout(hard)
}
