/**
 * The thread in which other programs are started, for program.ts. Starting one holds
 * up its thread until the new process has come to run, some ten milliseconds on a busy
 * machine: too long for the thread that answers the engine.
 */
import { type ExecFileException, execFile, spawnSync } from 'node:child_process'
import { parentPort } from 'node:worker_threads'

export type ProgramRun = {
  timeoutMs: number
  maxOutputBytes: number
  input?: string
  /** Behind calls in progress: it has what nobody else wants of the processors. */
  standsBack?: boolean
}

export type ToRun = { id: number; program: string; words: readonly string[]; run: ProgramRun }

/** An error does not cross the border between threads whole; what is told of it does. */
export type HasRun = { id: number } & (
  | { stdout: Uint8Array }
  | { failed: { how: string; code: ExecFileException['code']; message: string } }
)

/**
 * Whoever else wakes is given its processor as if nothing ran there, which niceness alone does not do: the server waited for
 * another one while an encoder kept its own, and a caller's hand-over with it (p99 of 18 ms instead of 27).
 */
const IDLE_POLICY = ['chrt', '--idle', '0']
/** Where the policy may not be chosen. */
const MUCH_NICER = ['nice', '-n', '19']
let standingBack: string[] | undefined

/** What the end of a program's complaint may be, for logs and alarms. */
const COMPLAINT_MAX_CHARACTERS = 500

parentPort?.on('message', (task: ToRun) => {
  try {
    start(task)
  } catch (error) {
    // Words that no program can be given (too long, a null character): they are not to end the others' thread.
    const { message, code } = error as NodeJS.ErrnoException
    tell({ id: task.id, failed: { how: 'it could not be started', code, message } })
  }
})

function start({ id, program, words, run }: ToRun): void {
  const options = {
    encoding: 'buffer',
    // A part of a millisecond would be refused.
    timeout: Math.ceil(run.timeoutMs),
    killSignal: 'SIGKILL',
    maxBuffer: run.maxOutputBytes,
  } as const
  const [command = program, ...args] = run.standsBack
    ? [...standBack(), program, ...words]
    : [program, ...words]
  const child = execFile(command, args, options, (error, stdout, stderr) => {
    const failed = error && { how: howItFailed(error, stderr), code: error.code, message: error.message }
    tell(failed ? { id, failed } : { id, stdout })
  })
  // It may end before it has read everything; its exit code tells more than the broken pipe.
  child.stdin?.on('error', () => child.stdin?.destroy())
  child.stdin?.end(run.input ?? '')
}

function standBack(): string[] {
  standingBack ??= mayRun([...IDLE_POLICY, 'true']) ? IDLE_POLICY : MUCH_NICER
  return standingBack
}

function mayRun([command = '', ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

function tell(result: HasRun): void {
  parentPort?.postMessage(result)
}

function howItFailed(error: ExecFileException, stderr: Buffer): string {
  if (error.code === 'ENOENT') return 'it is not installed'
  const complaint = stderr.toString('utf8').trim().slice(-COMPLAINT_MAX_CHARACTERS)
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it wrote too much. ${complaint}`
  if (error.killed) return `it took too long. ${complaint}`
  return `${error.signal ?? `exit code ${error.code ?? '?'}`}. ${complaint}`
}
