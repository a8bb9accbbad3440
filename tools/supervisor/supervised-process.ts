/**
 * One process kept alive:
 *
 *   waiting ──start──▶ starting ──ready──▶ up
 *      ▲                   │                │
 *      └──── back-off ◀────┴────── died ◀───┘
 *
 * It starts in a group of its own and writes straight into its log file, so it
 * outlives a killed supervisor, and the next supervisor adopts it. Where it has a
 * spare, that one takes over without delay.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunningProcess } from './copy-state.ts'
import { type Identity, identityOf, isAlive } from '../../server/process-identity.ts'
import { SPARE } from '../../server/spare.ts'
import { COPY_MARK } from './identity.ts'
import { keepTime, preferGroup, preferred } from './preference.ts'
import type { ProcessSpec } from './process-specs.ts'
import { Spare } from './spare.ts'

const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 30_000
/** Whoever lived this long has recovered: the next death is a new trouble. */
const RECOVERED_AFTER_MS = 60_000
const LOOK_EVERY_MS = 100

export type Death = { name: string; exit: string; restarts: number }

export class SupervisedProcess {
  readonly spec: ProcessSpec
  readonly #data: string
  readonly #log: string
  readonly #stopping: AbortSignal
  readonly #spare: Spare | undefined
  #running: RunningProcess | undefined
  #child: ChildProcess | undefined
  #startedAt = 0
  #delayMs = FIRST_DELAY_MS
  #restarts = 0
  ready = false

  constructor(spec: ProcessSpec, place: { data: string; logDirectory: string }, stopping: AbortSignal) {
    this.spec = spec
    this.#data = place.data
    this.#log = join(place.logDirectory, `${spec.name}.log`)
    this.#stopping = stopping
    this.#spare = spec.hasSpare ? new Spare(() => this.#spawn([SPARE]), stopping) : undefined
  }

  get running(): RunningProcess | undefined {
    return this.#running
  }

  /** Takes over one that a former supervisor started, if it is the same run and still alive. */
  adopt(known: RunningProcess | undefined): boolean {
    const found = this.spec.foundPid()
    const identity = known && isAlive(known) ? known : found === undefined ? undefined : identityOf(found)
    const fingerprint = known && isAlive(known) ? known.fingerprint : this.spec.fingerprint
    if (!identity || fingerprint !== this.spec.fingerprint) return false
    this.#restarts = known?.restarts ?? 0
    this.#note(identity)
    return true
  }

  async start(): Promise<void> {
    await this.spec.prepare()
    const child = this.#spare?.take() ?? this.#spawn()
    this.#child = child
    if (child.pid === undefined) throw await spawnError(child)
    child.on('error', () => undefined) // Signals go by identity; a failed one is seen there.
    const identity = identityOf(child.pid)
    if (identity) this.#note(identity)
  }

  #spawn(words: readonly string[] = []): ChildProcess {
    const { cwd, env, niceness, user } = this.spec
    const log = openSync(this.#log, 'a', 0o640)
    try {
      const isPreferred = niceness !== undefined
      const whole = { command: this.spec.command, args: [...this.spec.args, ...words] }
      const { command, args } = isPreferred ? preferred(whole, user, niceness) : whole
      const child = spawn(command, args, {
        cwd,
        env: { ...env, [COPY_MARK]: this.#data },
        detached: true,
        ...(!isPreferred && user),
        stdio: [this.#spare ? 'pipe' : 'ignore', log, log],
      })
      if (isPreferred && child.pid !== undefined) preferGroup(child.pid, niceness)
      return child
    } finally {
      closeSync(log)
    }
  }

  #note({ pid, startTicks, bootId }: Identity): void {
    this.#startedAt = performance.now()
    this.ready = false
    const { name, fingerprint } = this.spec
    this.#running = { name, pid, startTicks, bootId, fingerprint, restarts: this.#restarts }
  }

  /** Looks until it is ready or dead; says which. */
  async becomesReady(): Promise<boolean> {
    while (this.alive() && !this.#stopping.aborted) {
      if (await this.spec.isReady()) {
        if (this.spec.isInRealTime && this.#running) await keepTime(this.#running.pid)
        await this.spec.whenReady()
        this.ready = true
        this.#spare?.prepare()
        return true
      }
      await delay(LOOK_EVERY_MS)
    }
    return false
  }

  /** Returns when it has died, or when the supervisor stops. A child or an adopted one, it is all the same. */
  async dies(): Promise<Death | undefined> {
    while (this.alive()) {
      if (this.#stopping.aborted) return undefined
      await delay(LOOK_EVERY_MS)
    }
    if (this.#stopping.aborted) return undefined
    return { name: this.spec.name, exit: this.#exit(), restarts: this.#restarts }
  }

  alive(): boolean {
    if (this.#child && (this.#child.exitCode !== null || this.#child.signalCode !== null)) return false
    return this.#running !== undefined && isAlive(this.#running)
  }

  #exit(): string {
    if (this.#child?.signalCode) return `was ended by ${this.#child.signalCode}`
    return this.#child?.exitCode === undefined || this.#child.exitCode === null
      ? 'ended'
      : `ended with code ${this.#child.exitCode}`
  }

  /** Waits longer after each death in a row, never longer than the limit. */
  async backOff(): Promise<void> {
    this.ready = false
    this.#running = undefined
    this.#child = undefined
    if (performance.now() - this.#startedAt > RECOVERED_AFTER_MS) this.#delayMs = FIRST_DELAY_MS
    const wait = this.#spare?.isThere ? 0 : this.#delayMs
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS)
    this.#restarts++
    await delay(wait, undefined, { signal: this.#stopping }).catch(() => undefined)
  }
}

function spawnError(child: ChildProcess): Promise<Error> {
  const { promise, resolve } = Promise.withResolvers<Error>()
  child.once('error', resolve)
  return promise
}
