/**
 * `./javob simulate`: what a day, a month or a year would be like, in seconds. The
 * queue engine is the one that routes real calls; callers and agents are chance.
 */
import { parseArgs } from 'node:util'
import { AGENTS_MAX, CALLS_MAX } from '#core/staffing/check-scenario.ts'
import { ordinaryScenario } from '#core/staffing/ordinary-scenario.ts'
import type { Scenario } from '#core/staffing/scenario.ts'
import { simulate } from '#core/staffing/simulate.ts'
import { withAgents } from '#core/staffing/with-agents.ts'
import { Fault } from '../../server/config.ts'
import { readScenarioFile, requirePossible } from '../simulation/scenario-file.ts'
import { simulationTable } from '../simulation/simulation-table.ts'

export const summary =
  'waits, service level and occupancy of simulated days: [--calls N] [--agents N] [--seed N] [--scenario FILE.json] [--json]'

export const usage = `Usage: ./javob simulate [options]
  --calls N              calls that are counted (default 20000, or what the scenario says)
  --agents N             so many agents, in groups as large beside one another as the scenario has them
  --seed N               another seed, another chance; the same seed gives the same result
  --scenario FILE.json   who calls, who works, how queues are served: see docs/how-to/simulate-a-day.md
  --json                 everything as one JSON object to stdout`

const DEFAULT_CALLS = 20_000

export async function run(args: string[]): Promise<number> {
  const { scenario, json } = readOptions(args)
  const result = simulate(scenario)
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : simulationTable(result))
  return result.problems.length === 0 && result.passedOver === 0 ? 0 : 1
}

function readOptions(args: string[]): { scenario: Scenario; json: boolean } {
  const { values } = parseArgs({
    args,
    options: {
      calls: { type: 'string' },
      agents: { type: 'string' },
      seed: { type: 'string' },
      scenario: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const file = values.scenario
  const said =
    file === undefined ? ordinaryScenario({ calls: DEFAULT_CALLS, seed: 1 }) : readScenarioFile(file)
  const calls = values.calls === undefined ? said.calls : wholeNumber('calls', values.calls, 1, CALLS_MAX)
  const seed = values.seed === undefined ? said.seed : wholeNumber('seed', values.seed, 0, 2 ** 32 - 1)
  const scenario = { ...said, calls, seed }
  const sized =
    values.agents === undefined
      ? scenario
      : withAgents(scenario, wholeNumber('agents', values.agents, scenario.agents.length, AGENTS_MAX))
  return { scenario: requirePossible(sized, file ?? 'with these options'), json: values.json }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Fault(`--${name} ${text} is not possible`, `Give a whole number from ${least} to ${most}`)
}
