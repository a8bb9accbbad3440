/** Runs a program to its end, keeping the tail of what it said for the sentence about its failure. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const KEPT_LINES = 200

export type RunResult = { code: number; lines: string[] }

export type RunOptions = {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Each line of stdout and stderr as it comes. */
  onLine?: (line: string) => void
  /** Each line the program writes to descriptor 3. */
  onStatus?: (line: string) => void
}

export function runProgram(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const { promise, resolve, reject } = Promise.withResolvers<RunResult>()
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const keep = (line: string) => {
    lines.push(line)
    if (lines.length > KEPT_LINES) lines.shift()
    options.onLine?.(line)
  }
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', keep)
  }
  const status = child.stdio[3]
  if (status && 'read' in status)
    createInterface({ input: status }).on('line', (line) => options.onStatus?.(line))
  child.on('error', reject)
  child.on('close', (code) => resolve({ code: code ?? 1, lines }))
  return promise
}

/** The line that names the cause, for a sentence. */
export function causeIn(lines: readonly string[]): string {
  const telling = lines.filter((line) =>
    /^(E:|Err:|W: Failed|error|fatal)|No space left|Unable to|cannot/i.test(line),
  )
  return (telling.at(-1) ?? lines.at(-1) ?? 'it said nothing').trim().slice(0, 200)
}
