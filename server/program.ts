/** Runs another program to its end: never by a shell, with bounded time and output, and told apart when it fails. */
import { SHARE_ENV, Worker } from 'node:worker_threads'
import type { HasRun, ProgramRun, ToRun } from './program-runner.ts'

export class ProgramFailed extends Error {
  readonly isMissing: boolean

  constructor(program: string, how: string, cause: Error & { code?: unknown }) {
    super(`${program} failed: ${how}`, { cause })
    this.name = 'ProgramFailed'
    this.isMissing = cause.code === 'ENOENT'
  }
}

/** A program that does nothing; it waits only for the thread that starts it. */
const START_WITHIN_MS = 10_000

type Waiting = { program: string; resolve(stdout: Buffer): void; reject(error: Error): void }

const waiting = new Map<number, Waiting>()
let runner: Worker | undefined
let nextId = 1

/** What the program wrote to its standard output. */
export function runProgram(program: string, words: readonly string[], run: ProgramRun): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const id = nextId++
  waiting.set(id, { program, resolve, reject })
  runner ??= startRunner()
  // Only work keeps the process from ending.
  runner.ref()
  const task: ToRun = { id, program, words, run }
  runner.postMessage(task)
  return promise
}

/** Before root is given up: from then on a checkout in a closed home, such as /root, cannot be read. */
export async function startPrograms(): Promise<void> {
  await runProgram('true', [], { timeoutMs: START_WITHIN_MS, maxOutputBytes: 1_000 })
}

function startRunner(): Worker {
  const worker = new Worker(new URL('./program-runner.ts', import.meta.url), { execArgv: [], env: SHARE_ENV })
  worker.on('message', (result: HasRun) => {
    const task = waiting.get(result.id)
    waiting.delete(result.id)
    if (waiting.size === 0) worker.unref()
    if (task) settle(task, result)
  })
  let why = new Error('The thread that starts programs has ended')
  worker.on('error', (error) => (why = error))
  worker.on('exit', () => lost(why))
  return worker
}

function settle({ program, resolve, reject }: Waiting, result: HasRun): void {
  if ('stdout' in result) {
    const { buffer, byteOffset, byteLength } = result.stdout
    return resolve(Buffer.from(buffer, byteOffset, byteLength))
  }
  const { how, code, message } = result.failed
  reject(new ProgramFailed(program, how, Object.assign(new Error(message), { code })))
}

/** Whatever was asked of it is not coming; the next program finds a new one. */
function lost(error: Error): void {
  runner = undefined
  const tasks = [...waiting.values()]
  waiting.clear()
  for (const { reject } of tasks) reject(error)
}
