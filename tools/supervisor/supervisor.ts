/**
 * Keeps the processes of one copy alive until it is told to stop. Before the copy was
 * ready for the first time a process that keeps dying is a failure somebody waits to
 * hear of; afterwards it is restarted for as long as it takes, since an emergency
 * line does not give up.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { type DataPaths, Fault, type Ports } from '../../server/config.ts'
import { asFault } from '../setup/disk.ts'
import {
  type CopyState,
  type ProcessName,
  readCopyState,
  type RunningProcess,
  writeCopyState,
} from './copy-state.ts'
import { type Identity, isAlive } from '../../server/process-identity.ts'
import { lastWords } from './log-files.ts'
import type { ProcessSpec } from './process-specs.ts'
import { stopLeftovers, stopProcess, stopProcesses } from './stopping.ts'
import { SupervisedProcess } from './supervised-process.ts'

/** How long each may take to be ready before the copy has been ready once. */
const READY_SECONDS: Readonly<Record<ProcessName, number>> = {
  /** After the machine was killed it first replays its log. */
  postgres: 180,
  asterisk: 45,
  /** At first: schema, demo organisation, spoken prompts. */
  server: 240,
}
const MAX_DEATHS_BEFORE_READY = 3
const LOOK_EVERY_MS = 50

export class Supervisor {
  readonly #data: DataPaths
  readonly #ports: Ports
  readonly #self: Identity
  readonly #processes: SupervisedProcess[]
  readonly #stop = new AbortController()
  #phase: CopyState['phase'] = 'starting'
  #failure: Fault | undefined

  constructor(copy: { data: DataPaths; ports: Ports; self: Identity }, specs: readonly ProcessSpec[]) {
    this.#data = copy.data
    this.#ports = copy.ports
    this.#self = copy.self
    const place = { data: copy.data.root, logDirectory: copy.data.log }
    this.#processes = specs.map((spec) => new SupervisedProcess(spec, place, this.#stop.signal))
  }

  requestStop(): void {
    this.#stop.abort()
  }

  /** Runs until it is asked to stop or cannot start; then nothing of the copy is left. */
  async run(): Promise<Fault | undefined> {
    await this.#takeOver(readCopyState(this.#data)?.processes ?? [])
    await Promise.all([this.#announceReady(), ...this.#processes.map((each) => this.#keepAlive(each))])

    this.#enter(this.#failure ? 'failed' : 'stopping')
    await stopProcesses(this.#processes.flatMap(({ running }) => running ?? []))
    await stopLeftovers(this.#data)
    return this.#failure
  }

  /** What still runs from a killed supervisor is adopted if it is the same run, and stopped if not. */
  async #takeOver(known: readonly RunningProcess[]): Promise<void> {
    for (const each of this.#processes) {
      const former = known.find(({ name }) => name === each.spec.name)
      const adopted = each.adopt(former)
      if (!adopted && former && isAlive(former)) await stopProcess(former)
    }
    const kept = this.#processes.flatMap(({ running }) => running?.pid ?? [])
    await stopLeftovers(this.#data, kept)
    this.#write()
  }

  async #keepAlive(supervised: SupervisedProcess): Promise<void> {
    await this.#othersReady(supervised.spec.after)
    const tooLate = setTimeout(() => this.#tooLate(supervised), READY_SECONDS[supervised.spec.name] * 1000)
    this.#stop.signal.addEventListener('abort', () => clearTimeout(tooLate))
    while (!this.#stop.signal.aborted) {
      try {
        if (!supervised.alive()) await supervised.start()
        this.#write()
        if (await supervised.becomesReady()) this.#say(`${supervised.spec.name} is ready`)
        this.#write()
        const death = await supervised.dies()
        if (!death) return
        this.#say(`${death.name} ${death.exit}; restart ${death.restarts + 1}`)
      } catch (error) {
        this.#trouble(supervised, error)
      }
      if (this.#phase === 'starting' && (supervised.running?.restarts ?? 0) + 1 >= MAX_DEATHS_BEFORE_READY) {
        this.#fail(this.#whyItDies(supervised.spec.name))
      }
      if (supervised.running && supervised.alive()) await stopProcess(supervised.running)
      await supervised.backOff()
    }
  }

  /** A start that cannot succeed by trying again ends the whole; after `ready` it only waits. */
  #trouble(supervised: SupervisedProcess, error: unknown): void {
    const cause = asFault(error)
    this.#say(`${supervised.spec.name}: ${cause instanceof Error ? cause.message : String(cause)}`)
    if (this.#phase === 'starting') {
      this.#fail(
        cause instanceof Fault
          ? cause
          : new Fault(
              `${supervised.spec.name} could not be started: ${String(cause)}`,
              'See ./javob logs supervisor',
            ),
      )
    }
  }

  async #othersReady(names: readonly ProcessName[]): Promise<void> {
    const waitedFor = this.#processes.filter(({ spec }) => names.includes(spec.name))
    while (!this.#stop.signal.aborted && !waitedFor.every(({ ready }) => ready)) await delay(LOOK_EVERY_MS)
  }

  #tooLate({ spec, ready }: SupervisedProcess): void {
    if (ready || this.#phase !== 'starting') return
    const words = lastWords(this.#data.log, spec.name)
    const sentence = `The ${spec.name} runs but is not ready after ${READY_SECONDS[spec.name]} s${words && `: ${words}`}`
    this.#fail(new Fault(sentence, `See ./javob logs ${spec.name}, mend that, and start again`))
  }

  async #announceReady(): Promise<void> {
    while (!this.#stop.signal.aborted && !this.#processes.every(({ ready }) => ready))
      await delay(LOOK_EVERY_MS)
    if (this.#stop.signal.aborted) return
    this.#enter('ready')
  }

  #whyItDies(name: ProcessName): Fault {
    const words = lastWords(this.#data.log, name)
    return new Fault(
      `The ${name} does not stay up: ${words || 'it said nothing'}`,
      `See ./javob logs ${name}, mend that, and start again`,
    )
  }

  #fail(fault: Fault): void {
    if (this.#stop.signal.aborted) return
    this.#failure = fault
    this.#stop.abort()
  }

  #enter(phase: CopyState['phase']): void {
    this.#phase = phase
    this.#say(phase)
    this.#write()
  }

  #write(): void {
    const failure = this.#failure && { sentence: this.#failure.message, mend: this.#failure.mend }
    try {
      writeCopyState(this.#data, {
        supervisor: this.#self,
        phase: this.#phase,
        ...(failure && { failure }),
        ports: this.#ports,
        processes: this.#processes.flatMap(({ running }) => running ?? []),
      })
    } catch (error) {
      // A full disk must not end calls; the next change is written again.
      this.#say(`the state cannot be written: ${String(error)}`)
    }
  }

  #say(what: string): void {
    process.stdout.write(`${new Date().toISOString()} ${what}\n`)
  }
}
