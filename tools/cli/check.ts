/** Everything a change has to pass, in one command: what is quick first, the tests last. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CHECKOUT } from '../../server/config.ts'
import { say, step } from '../setup/progress.ts'
import { runProgram } from '../setup/run.ts'
import { run as runTests } from './test.ts'

export const summary =
  'format, lint, types, architecture, unused code, then the tests: [--quick] leaves the tests out'

type Check = { name: string; program: string; args: string[] }

const ROWS = ['core', 'contract', 'server', 'console', 'portal', 'tools', 'bench', 'test']

export async function run(args: string[]): Promise<number> {
  await switchHooksOn()
  const failed: string[] = []
  for (const check of checks()) {
    if (!(await passes(check))) failed.push(check.name)
  }
  const tests = args.includes('--quick') ? 0 : await runTests([])
  if (failed.length > 0) say(`Not in order: ${failed.join(', ')}`)
  return failed.length === 0 ? tests : 1
}

/** From the first check on, a commit is looked at before it is made. Not every checkout is a repository. */
async function switchHooksOn(): Promise<void> {
  if (!existsSync(join(CHECKOUT, '.git'))) return
  await runProgram('git', ['config', 'core.hooksPath', '.githooks'], { cwd: CHECKOUT })
}

function checks(): Check[] {
  const rows = ROWS.filter((row) => existsSync(join(CHECKOUT, row, 'tsconfig.json')))
  return [
    { name: 'format', program: '@biomejs/biome/bin/biome', args: ['format', '.'] },
    { name: 'lint', program: 'oxlint/bin/oxlint', args: [] },
    ...rows.map((row) => ({
      name: `types of ${row}`,
      program: 'typescript/bin/tsc',
      args: ['-p', join(row, 'tsconfig.json')],
    })),
    { name: 'architecture', program: 'vitest/vitest.mjs', args: ['run', 'test/architecture.test.ts'] },
    { name: 'unused code', program: 'knip/bin/knip.js', args: [] },
  ]
}

async function passes({ name, program, args }: Check): Promise<boolean> {
  const result = await step(name, () =>
    runProgram(process.execPath, [join(CHECKOUT, 'node_modules', program), ...args], { cwd: CHECKOUT }),
  )
  say(`${result.code === 0 ? '✓' : '✗'} ${name}`)
  if (result.code !== 0) for (const line of result.lines) say(`    ${line}`)
  return result.code === 0
}
