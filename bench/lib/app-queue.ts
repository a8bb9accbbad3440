/** The peer: Asterisk's own `app_queue` on the same binary, recording as we do, with agents on ordinary phones. */
import { AutoAgent } from './auto-agent.ts'
import { BARE_NUMBER, type BareSetup, startBareAsterisk } from './bare-asterisk.ts'
import type { QueueSide } from './queue-side.ts'

export async function openAppQueue(agents: number, options: { music: string }): Promise<QueueSide> {
  // Nothing has to be said to be free again: the queue sees the phone hang up.
  const free = async () => undefined
  const phones = await Promise.all(
    Array.from({ length: agents }, (_, n) => AutoAgent.open({ user: `a${n}` }, free)),
  )
  const bare = await startBareAsterisk(appQueueSetup(phones, options.music))
  return {
    name: 'app_queue',
    port: bare.port,
    number: BARE_NUMBER,
    agents: phones,
    processes: [bare.pid],
    async close() {
      for (const { phone } of phones) phone.close()
      await bare.stop()
    },
  }
}

/** The fairest settings there are: autofill, no wrap-up, the shortest retry, whoever is idle longest first. */
function appQueueSetup(agents: readonly AutoAgent[], music: string): BareSetup {
  const names = agents.map((_, n) => `a${n}`)
  return {
    modules: ['res_musiconhold', 'bridge_holding', 'app_queue'],
    files: ({ folder }) => ({
      'musiconhold.conf': `[default]\nmode = playlist\nentry = ${music}\n`,
      'queues.conf': `[general]
autofill = yes
[bench]
musicclass = default
strategy = leastrecent
timeout = 15
retry = 1
wrapuptime = 0
autofill = yes
ringinuse = no
joinempty = yes
leavewhenempty = no
${names.map((name) => `member => PJSIP/${name}`).join('\n')}
`,
      'pjsip-more.conf': agents
        .map(
          ({ phone }, n) => `[a${n}]
type = endpoint
context = none
disallow = all
allow = alaw
direct_media = no
device_state_busy_at = 1
aors = a${n}
[a${n}]
type = aor
contact = sip:a${n}@127.0.0.1:${phone.port}
`,
        )
        .join('\n'),
      'extensions.conf': `[bare]
exten => ${BARE_NUMBER},1,Progress()
 same => n,MixMonitor(,r(${folder}/own/\${UNIQUEID}.citizen.alaw)t(${folder}/own/\${UNIQUEID}.agent.alaw))
 same => n,Answer()
 same => n,Queue(bench)
 same => n,Hangup()
`,
    }),
  }
}
