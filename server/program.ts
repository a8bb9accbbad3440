/** Runs another program to its end: never by a shell, with bounded time and output, and told apart when it fails. */
import { type ExecFileException, execFile } from 'node:child_process'
import { setPriority } from 'node:os'

export type ProgramRun = {
  timeoutMs: number
  maxOutputBytes: number
  input?: string
  /** As `nice`: how much it stands back behind calls in progress. */
  niceness?: number
}

/** What the end of a program's complaint may be, for logs and alarms. */
const COMPLAINT_MAX_CHARACTERS = 500

export class ProgramFailed extends Error {
  readonly isMissing: boolean

  constructor(program: string, how: string, cause: ExecFileException) {
    super(`${program} failed: ${how}`, { cause })
    this.name = 'ProgramFailed'
    this.isMissing = cause.code === 'ENOENT'
  }
}

/** What the program wrote to its standard output. */
export function runProgram(program: string, words: readonly string[], run: ProgramRun): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const options = {
    encoding: 'buffer',
    timeout: run.timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: run.maxOutputBytes,
  } as const
  const child = execFile(program, words, options, (error, stdout, stderr) => {
    if (error) reject(new ProgramFailed(program, howItFailed(error, stderr), error))
    else resolve(stdout)
  })
  // It may end before it has read everything; its exit code tells more than the broken pipe.
  child.stdin?.on('error', () => child.stdin?.destroy())
  child.stdin?.end(run.input ?? '')
  if (run.niceness && child.pid) setPriority(child.pid, run.niceness)
  return promise
}

function howItFailed(error: ExecFileException, stderr: Buffer): string {
  if (error.code === 'ENOENT') return 'it is not installed'
  const complaint = stderr.toString('utf8').trim().slice(-COMPLAINT_MAX_CHARACTERS)
  if (error.killed) return `it took too long or wrote too much. ${complaint}`
  return `${error.signal ?? `exit code ${error.code ?? '?'}`}. ${complaint}`
}
