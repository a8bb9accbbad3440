import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../server/config.ts'
import { DATA_OPTION, existingCopy } from '../setup/copy.ts'

export const summary =
  'what was logged: [supervisor|server|postgres|asterisk] [--follow] [--lines N] [--data DIR]'

const DEFAULT_LINES = '100'

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...DATA_OPTION,
      follow: { type: 'boolean', short: 'f' },
      lines: { type: 'string', default: DEFAULT_LINES },
    },
  })
  const directory = existingCopy(values.data)?.data.log
  const there =
    directory && existsSync(directory) ? readdirSync(directory).filter((file) => file.endsWith('.log')) : []
  if (!directory || there.length === 0)
    throw new Fault('There are no logs yet', 'Start a copy with ./javob up, or say which with --data')
  if (!/^\d+$/.test(values.lines))
    throw new Fault(`--lines ${values.lines} is no number`, 'Name a whole number')

  const wanted = positionals.length > 0 ? positionals.map((name) => `${name}.log`) : there
  const unknown = wanted.find((file) => !there.includes(file))
  if (unknown) {
    const names = there.map((file) => file.replace(/\.log$/, '')).join(', ')
    throw new Fault(`There is no log "${unknown.replace(/\.log$/, '')}"`, `There are: ${names}`)
  }
  const follow = values.follow ? ['-F'] : []
  const tail = spawn(
    'tail',
    ['-n', values.lines, ...follow, ...wanted.map((file) => join(directory, file))],
    { stdio: 'inherit' },
  )
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  tail.on('error', reject)
  tail.on('close', (code) => resolve(code ?? 0))
  return promise
}
