/**
 * The part of the server that commands the engine, as a process that can be stopped
 * and killed: it waits for its turn, then lets every caller hear a prompt and music after it. Says
 * what it does, a line of JSON each.
 */
import { EngineLease } from '../../server/asterisk/engine-lease.ts'
import { engineMarks, type EngineMarks } from '../../server/asterisk/engine-marks.ts'
import { asteriskMediaEngine } from '../../server/asterisk/asterisk-media-engine.ts'
import { openLog } from '../../server/log.ts'

export type Said = { does: string; call?: string; calls?: string[] }

const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`)
const [data = '', port = '', password = '', prompt = ''] = process.argv.slice(2)
const log = openLog('silent')
const address = { host: '127.0.0.1', port: Number(port), password }

const lease = new EngineLease(watched(engineMarks(address)), log)
await lease.acquire()
say({ does: 'commands' })
void lease.lost.then(() => process.exit(3))
const media = asteriskMediaEngine({
  data,
  httpPort: address.port,
  ariPassword: password,
  log,
  mandate: lease,
})
await media.start((event) => {
  say({ does: event.type, ...('call' in event && { call: event.call }) })
  const failed = () => say({ does: 'failed' })
  if (event.type === 'callArrived') media.play(event.call, 1, [prompt]).catch(failed)
  if (event.type === 'promptsPlayed') media.startMusic(event.call).catch(failed)
})
say({ does: 'adopted', calls: (await media.standing()).calls.map(({ call }) => call) })
process.on('SIGTERM', () => {
  void media.stop().then(async () => {
    await lease.release()
    process.exit(0)
  })
})

/** Says that it stands by once it has seen another's name: before, it knows of no other. */
function watched(marks: EngineMarks): EngineMarks {
  let isTold = false
  return {
    ...marks,
    async read(name) {
      const text = await marks.read(name)
      if (!isTold && name === 'JAVOB_COMMANDED_BY' && text !== '') {
        isTold = true
        say({ does: 'standsBy' })
      }
      return text
    },
  }
}
