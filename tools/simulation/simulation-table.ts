/** The result of a simulation as tables that a supervisor can read. */
import type { CallbackFigures, CallFigures } from '#core/staffing/call-figures.ts'
import type { AgentFigures, SimulationResult } from '#core/staffing/simulation-result.ts'
import { ONE_ASKS_OF_CALLS, type ToldWaits } from '#core/staffing/told-waits.ts'

type Line = readonly string[]

const CALL_HEADINGS = [
  '',
  'offered',
  'answered',
  'in time',
  'gave up',
  'otherwise',
  'mean wait',
  'half',
  '9 of 10',
  'longest',
]
const TOLD_HEADINGS = ['told to wait', 'callers', 'told', 'waited']
const AGENT_HEADINGS = ['', 'agents', 'occupancy', 'least', 'most', 'calls each', 'away']

export function simulationTable(result: SimulationResult): string {
  const {
    agents,
    callbacks,
    calls,
    callers,
    occupancy,
    passedOver,
    problems,
    queues,
    seconds,
    seed,
    serviceLevelSeconds,
    toldWaits,
  } = result
  const perHour = (calls.offered * 3600) / seconds
  const groups = [...Map.groupBy(agents, ({ group }) => group)]
  return [
    `${number(calls.offered)} calls, ${number(perHour)} an hour for ${duration(seconds)}; ${agents.length} agents; seed ${seed}`,
    '',
    ...table([
      CALL_HEADINGS,
      callLine('all callers', calls),
      ...callers.map((group) => callLine(`  ${group.name}`, group)),
      ...queues.map((queue) => callLine(`queue ${queue.queue}`, queue)),
    ]),
    '',
    ...table([
      AGENT_HEADINGS,
      agentLine('all agents', agents, occupancy),
      ...groups.map(([name, each]) => agentLine(`  ${name}`, each, meanOccupancy(each))),
    ]),
    '',
    ...table([TOLD_HEADINGS, ...toldWaits.map(toldLine)]),
    '',
    ...callbackLines(callbacks),
    `In time: answered within ${serviceLevelSeconds} s, of all offered. Waits of those answered, min:s: half, and 9 of 10, waited no longer.`,
    `Told: what the engine expects as somebody begins to wait (one of ${ONE_ASKS_OF_CALLS} asks), and how long it was to the answer.`,
    'Otherwise: sent on, sent away, to be called back, or waiting still. A queue counts each stay in it.',
    `Occupancy: talk and wrap-up, of that and the time available. Passed over by one who came later: ${passedOver === 0 ? 'nobody' : number(passedOver)}.`,
    ...problems.map((problem) => `DOES NOT ADD UP: ${problem}`),
    '',
  ].join('\n')
}

function callLine(name: string, { offered, ends, serviceLevel, answerWaits }: CallFigures): Line {
  const gaveUp = ends.abandoned + ends.shortAbandoned
  const rest = offered - ends.answered - gaveUp
  return [
    name,
    number(offered),
    number(ends.answered),
    percent(serviceLevel),
    percent(offered > 0 ? gaveUp / offered : 0),
    number(rest),
    ...[answerWaits.mean, answerWaits.p50, answerWaits.p90, answerWaits.max].map(clock),
  ]
}

function callbackLines({ accepted, waits }: CallbackFigures): string[] {
  if (accepted === 0) return []
  const [mean, nine, longest] = [waits.mean, waits.p90, waits.max].map(clock)
  return [
    `Called back: ${number(accepted)}, after ${mean} on average; 9 of 10 after ${nine}, the last after ${longest}.`,
    '',
  ]
}

function agentLine(name: string, agents: readonly AgentFigures[], occupancy: number): Line {
  const each = agents.map((agent) => agent.occupancy)
  const calls = agents.reduce((sum, agent) => sum + agent.calls, 0)
  const away = agents.reduce((sum, agent) => sum + agent.awaySeconds, 0)
  const all = agents.reduce(
    (sum, { awaySeconds, freeSeconds, talkSeconds, wrapUpSeconds }) =>
      sum + awaySeconds + freeSeconds + talkSeconds + wrapUpSeconds,
    0,
  )
  return [
    name,
    number(agents.length),
    percent(occupancy),
    percent(Math.min(...each)),
    percent(Math.max(...each)),
    number(calls / agents.length),
    percent(all > 0 ? away / all : 0),
  ]
}

function toldLine(
  { calls, meanToldSeconds, meanWaitedSeconds, toldFromMinutes }: ToldWaits,
  index: number,
  all: readonly ToldWaits[],
): Line {
  const until = all[index + 1]?.toldFromMinutes
  const name = until === undefined ? `${toldFromMinutes} min and more` : `${toldFromMinutes} to ${until} min`
  return [name, number(calls), clock(meanToldSeconds), clock(meanWaitedSeconds)]
}

function meanOccupancy(agents: readonly AgentFigures[]): number {
  return agents.reduce((sum, { occupancy }) => sum + occupancy, 0) / agents.length
}

/** The first column to the left, the numbers to the right. */
function table(lines: readonly Line[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[column] ?? 0) + 2),
      )
      .join(''),
  )
}

function number(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ')
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function clock(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

function duration(seconds: number): string {
  const hours = seconds / 3600
  return hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`
}
