/**
 * `./javob bench NAME`: one benchmark, with its peer in the same run. Results to
 * stdout, the machine and the progress to stderr. Exit code 0 only if every figure
 * keeps its target.
 */
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CHECKOUT, Fault } from '../../server/config.ts'
import { readNumber } from '../numbers.ts'

export const summary = 'a benchmark with its peer: NAME [--json] [--data DIR] [--minutes N]'

const MINUTES_MAX = 600
const BENCHES = join(CHECKOUT, 'bench')

/** As bench/lib/measure.ts has it; a tool does not import benchmarks, it runs them. */
type Measure = {
  name: string
  work: string
  ours: number | null
  peer: number | null
  ratio: number | null
  rule: keyof typeof TARGETS
  target: number
  pass: boolean
}

/** How the target of each rule is told. */
const TARGETS = {
  atMost: (target: number) => `≤ ${target}`,
  atLeast: (target: number) => `≥ ${target}`,
  ratioAtMost: (target: number) => `≤ ${target} × the peer`,
  ratioAtLeast: (target: number) => `≥ ${target} × the peer`,
  withinPercent: (target: number) => `the peer ± ${target} %`,
}

type BenchOptions = { data: string | undefined; minutes: number | undefined; say(text: string): void }
type Bench = { run(options: BenchOptions): Promise<Measure[]> }

export async function run(args: string[]): Promise<number> {
  const options = {
    json: { type: 'boolean', default: false },
    data: { type: 'string' },
    minutes: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [name = ''] = positionals
  if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(join(BENCHES, `${name}.ts`))) {
    throw new Fault(`There is no benchmark "${name}"`, `Choose one of: ${names().join(', ')}`)
  }
  process.stderr.write(`${machine()}\n`)
  const bench = (await import(join(BENCHES, `${name}.ts`))) as Bench
  const measures = await bench.run({
    data: values.data,
    minutes: values.minutes === undefined ? undefined : readNumber('minutes', values.minutes, MINUTES_MAX),
    say: (text) => process.stderr.write(`${text}\n`),
  })
  process.stdout.write(values.json ? `${JSON.stringify(measures, null, 2)}\n` : describe(measures))
  return measures.every((measure) => measure.pass) ? 0 : 1
}

function names(): string[] {
  return readdirSync(BENCHES).flatMap((file) => file.match(/^([a-z-]+)\.ts$/)?.[1] ?? [])
}

function machine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${memory} GiB, Node ${process.version}`
}

function describe(measures: readonly Measure[]): string {
  const lines = measures.map(({ name, work, ours, peer, ratio, rule, target, pass }) => {
    const beside = peer === null ? '' : `, peer ${peer} (× ${ratio ?? '–'})`
    return `${pass ? '✓' : '✗'} ${name}: ${ours ?? 'not measured'} (target ${TARGETS[rule](target)}${beside})\n    ${work}`
  })
  return `${lines.join('\n')}\n`
}
