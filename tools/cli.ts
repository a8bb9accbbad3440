/**
 * The dispatcher behind ./javob: each command is one file in tools/cli that exports
 * `summary` and `run(args)`, which returns the exit code. Results go to stdout,
 * everything else to stderr.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../server/config.ts'
import { asFault } from './setup/disk.ts'

export type Command = {
  summary: string
  /** Said for --help instead of the summary. */
  usage?: string
  run(args: string[]): Promise<number>
}

const COMMANDS = join(import.meta.dirname, 'cli')
const MISUSED = 2

process.exitCode = await main(process.argv.slice(2)).catch(explain)
// A command that is done leaves nothing behind that could keep us here.
process.exit()

async function main([name = 'help', ...args]: string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) return help()
  if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(join(COMMANDS, `${name}.ts`))) {
    throw new Fault(`There is no command "${name}"`, 'See ./javob help')
  }
  const command = await load(name)
  if (!args.includes('--help')) return command.run(args)
  process.stdout.write(`${command.usage ?? `./javob ${name}: ${command.summary}`}\n`)
  return 0
}

async function load(name: string): Promise<Command> {
  return (await import(join(COMMANDS, `${name}.ts`))) as Command
}

async function help(): Promise<number> {
  const names = readdirSync(COMMANDS).flatMap((file) => file.match(/^([a-z][a-z-]*)\.ts$/)?.[1] ?? [])
  const width = Math.max(...names.map((name) => name.length))
  const lines = await Promise.all(
    names.sort().map(async (name) => `  ${name.padEnd(width)} ${(await load(name)).summary}`),
  )
  process.stdout.write(
    `./javob COMMAND [options]\n\n${lines.join('\n')}\n\nCommands for a copy take --data DIR to say which (default .data in the checkout).\n`,
  )
  return 0
}

function explain(error: unknown): number {
  const cause = asFault(error)
  if (cause instanceof Fault) {
    process.stderr.write(`javob: ${cause.message}. ${cause.mend}.\n`)
    return 1
  }
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`javob: ${error.message.split('. ')[0]}. See ./javob help.\n`)
    return MISUSED
  }
  process.stderr.write(
    `javob: something went wrong that was not foreseen.\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return 1
}
