/**
 * Restart: the server is killed while 40 citizens talk and 100 wait. Who talks must not hear it, who waits
 * keeps waiting, who calls meanwhile hears the engine's own greeting, and the server that the supervisor
 * starts takes everybody up. There is no peer: a queue inside the engine cannot start over without ending its calls.
 */
import { passed } from '../tools/callers/citizen.ts'
import { pidOf } from '../tools/supervisor/copy-state.ts'
import { type BenchOptions, withCopy } from './lib/context.ts'
import { atMost, type Measure, median } from './lib/measure.ts'
import { prepareCopy } from './lib/our-queue.ts'
import { type Heard, RestartStage } from './lib/restart-stage.ts'
import { conserved } from './lib/two-queues.ts'

const ROUNDS = 5
const TALKING = 40
const WAITING = 100
const NEW_CALL_EVERY_MS = 500
/** Nothing may come of it later either. */
const LISTEN_AFTER_MS = 2_000
const PACKET_MS = 20
/** By then a server that has just been started has its own spare: a crash follows a crash, but not at once. */
const SPARE_WITHIN_MS = 20_000

const FALL_BACK_TARGET_MS = 1_000
const ADOPTED_TARGET_SECONDS = 2

type Round = {
  dropped: number
  missingMs: number
  longestHoleMs: number
  firstSoundMs: number[]
  downSeconds: number
  adoptedSeconds: number
}

export async function run(options: BenchOptions): Promise<Measure[]> {
  return await withCopy(options, async ({ running, restart }) => {
    await prepareCopy(running)
    // What was prepared is read when the server starts.
    await restart?.()
    const since = Date.now()
    options.say(`Signing ${TALKING} agents in …`)
    const stage = await RestartStage.open(running, TALKING)
    const rounds: Round[] = []
    try {
      for (let n = 0; n < ROUNDS; n++) {
        const round = await killOnce(stage)
        options.say(`round ${n + 1}: ${JSON.stringify(round)}`)
        rounds.push(round)
        await passed(SPARE_WITHIN_MS)
      }
    } finally {
      await stage.close()
    }
    return [...figures(rounds), await conserved(running, { numbers: stage.numbers, since })]
  })
}

async function killOnce(stage: RestartStage): Promise<Round> {
  const talkers = await stage.talk(TALKING)
  const waiting = await stage.wait(WAITING)
  const former = pidOf(stage.copy.data, 'server')
  const heard = [...talkers.map((call) => stage.listen(call.audio)), ...stage.listenAtAgents()]
  const killedAt = performance.now()
  process.kill(former, 'SIGKILL')
  const late = stage.callEvery(NEW_CALL_EVERY_MS)
  const startedAt = await stage.replaced(former)
  const adoptedAt = await stage.adopted({ talking: TALKING, waiting: WAITING })
  const firstSoundMs = await late.stop()
  await passed(LISTEN_AFTER_MS)
  const dropped =
    talkers.filter(({ isOver }) => isOver).length +
    waiting.filter(({ endedAt }) => endedAt !== undefined).length
  const missing = heard.map((each) => each.stop())
  await stage.serveAll()
  return {
    dropped,
    missingMs: missing.reduce((sum, { lost }) => sum + lost * PACKET_MS, 0),
    longestHoleMs: Math.max(...missing.map(({ longestHoleMs }: Heard) => longestHoleMs)),
    firstSoundMs,
    downSeconds: (startedAt - killedAt) / 1000,
    adoptedSeconds: (adoptedAt - startedAt) / 1000,
  }
}

function figures(rounds: readonly Round[]): Measure[] {
  const work = `kill -9 of the server with ${TALKING} talking and ${WAITING} waiting, ${ROUNDS} rounds, each ${SPARE_WITHIN_MS / 1000} s after the last`
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0)
  const sounds = rounds.flatMap((round) => round.firstSoundMs)
  const down = median(rounds.map((round) => round.downSeconds))?.toFixed(2)
  return [
    atMost(0, { name: 'restart, calls dropped', work, ours: sum((round) => round.dropped) }),
    atMost(0, {
      name: 'restart, sound missing',
      work: `of all who talked, both ways; milliseconds by the numbers of the packets; longest time between two packets ${Math.max(...rounds.map((round) => round.longestHoleMs)).toFixed(0)} ms`,
      ours: sum((round) => round.missingMs),
    }),
    atMost(FALL_BACK_TARGET_MS, {
      name: 'restart, first sound of who calls meanwhile',
      work: `INVITE → first packet, ${sounds.length} calls from the kill to the adoption; milliseconds, the worst`,
      ours: sounds.length === 0 ? undefined : Math.max(...sounds),
    }),
    atMost(ADOPTED_TARGET_SECONDS, {
      name: 'restart, all adopted',
      work: `from the start of the new process until the wallboard shows everybody; seconds, median (it started ${down} s after the kill)`,
      ours: median(rounds.map((round) => round.adoptedSeconds)),
    }),
  ]
}
