/** The process that takes over from one that has died: started beforehand, it has only to be told. */
import type { ChildProcess } from 'node:child_process'
import { GO } from '../../server/spare.ts'

/** After the rush of a start, which is worst where calls wait to be taken up. */
const SPARE_AFTER_MS = 10_000

export class Spare {
  readonly #spawn: () => ChildProcess
  readonly #stopping: AbortSignal
  readonly #afterMs: number
  #child: ChildProcess | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(spawn: () => ChildProcess, stopping: AbortSignal, afterMs: number = SPARE_AFTER_MS) {
    this.#spawn = spawn
    this.#stopping = stopping
    this.#afterMs = afterMs
    stopping.addEventListener('abort', () => {
      clearTimeout(this.#timer)
      this.#child?.stdin?.end()
    })
  }

  /** Soon there is one, if there is none. */
  prepare(): void {
    if (this.isThere || this.#stopping.aborted) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#start(), this.#afterMs)
  }

  get isThere(): boolean {
    const { exitCode, pid, signalCode } = this.#child ?? {}
    return pid !== undefined && exitCode === null && signalCode === null
  }

  /** The spare, who begins to serve; nothing where there is none. */
  take(): ChildProcess | undefined {
    clearTimeout(this.#timer)
    const taken = this.isThere ? this.#child : undefined
    taken?.stdin?.write(GO)
    this.#child = undefined
    return taken
  }

  #start(): void {
    this.#child = this.#spawn()
    // One that could not be started or has died meanwhile is not there when it is needed.
    this.#child.on('error', () => undefined)
    this.#child.stdin?.on('error', () => undefined)
  }
}
