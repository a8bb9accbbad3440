import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { simulate } from '#core/staffing/simulate.ts'
import { CHECKOUT, Fault } from '../../server/config.ts'
import { parseScenario, requirePossible } from './scenario-file.ts'
import { simulationTable } from './simulation-table.ts'

const page = readFileSync(join(CHECKOUT, 'docs/how-to/simulate-a-day.md'), 'utf8')
const example = /```json\n(.*?)```/s.exec(page)?.[1] ?? ''

test('the scenario in the description can be simulated, and its result be read', () => {
  const scenario = requirePossible(parseScenario(example, 'example'), 'example')
  const result = simulate({ ...scenario, calls: 1_000 })
  expect(result.problems).toEqual([])
  const table = simulationTable(result)
  for (const name of ['all callers', 'admission in uzbek', 'queue appeals', 'generalists'])
    expect(table).toContain(name)
  expect(table).toContain('1 000 calls')
})

describe('a mistake is told with its place', () => {
  const cases: [string, (text: string) => string, string][] = [
    ['no JSON', (text) => text.replace('{', ''), 'is not JSON'],
    [
      'a word that is not known',
      (text) => text.replace('"missShare"', '"missRate"'),
      'agents[0]: Unrecognized key: "missRate"',
    ],
    [
      'a mean that is missing',
      (text) => text.replace('"meanSeconds": 165, ', ''),
      'callers[0].talk.meanSeconds: ',
    ],
    ['a kind that is not known', (text) => text.replace('"lognormal"', '"normal"'), 'callers[0].talk.kind: '],
    ['a language that is not spoken here', (text) => text.replace('"uz"', '"fr"'), 'callers[0].language: '],
    [
      'a rule that cannot be read',
      (text) => text.replace('language >= 40', 'language > 40'),
      'queues[1].skills: Line 1, column 44: expected „>="',
    ],
    [
      'a rule that nobody fulfils',
      (text) => text.replace('"ru": 90', '"ru": 20').replace('"ru": 50', '"ru": 20'),
      'no agent may ever be asked for the callers "appeals in russian" (appeals, ru)',
    ],
    [
      'a mean so short that nothing can be drawn from it',
      (text) => text.replace('"meanSeconds": 165,', '"meanSeconds": 5e-324,'),
      'callers[0].talk.meanSeconds: ',
    ],
    [
      'a number beyond all numbers',
      (text) => text.replace('"share": 80', '"share": 1e999'),
      'callers[0].share: ',
    ],
    [
      'ten thousand queues',
      (text) => text.replace('"queues": [\n', `"queues": [${'{"queue":"a"},'.repeat(10_000)}\n`),
      'queues: ',
    ],
    ['23 hours', (text) => text.replace('[3, ', '['), 'arrivals.perHour: '],
  ]

  test.each(cases)('%s', (_, spoil, said) => {
    expect(spoil(example)).not.toBe(example)
    expect(() => requirePossible(parseScenario(spoil(example), 'day.json'), 'day.json')).toThrow(Fault)
    expect(() => requirePossible(parseScenario(spoil(example), 'day.json'), 'day.json')).toThrow(said)
  })
})
