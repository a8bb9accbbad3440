import { expect, test } from 'vitest'
import type { BreakCode } from '#core/lib/ids.ts'
import { DEFAULT_AGENT_TIME } from './agent-time.ts'
import type { BreakRule } from './break-reasons.ts'
import { checkAgentTime } from './check-agent-time.ts'
import { DEMO_BREAKS } from './demo-breaks.ts'
import { checkOutcomes, DEFAULT_OUTCOMES, type OutcomeRule } from './outcomes.ts'

const aBreak = (code: string, part: Partial<BreakRule> = {}): BreakRule => ({
  code: code as BreakCode,
  names: { uz: 'Dam', ru: 'Отдых' },
  isPaid: true,
  limitMinutes: undefined,
  needsApproval: false,
  ...part,
})
const found = (problems: ReturnType<typeof checkAgentTime>) =>
  problems.map(({ row, field, code }) => `${row} ${field} ${code}`)

test.each<[string, BreakRule[], string]>([
  ['a code with a space', [aBreak('long lunch')], 'long lunch code badCode'],
  ['one of the system’s', [aBreak('lineLost')], 'lineLost code reserved'],
  ['two of one code', [aBreak('rest'), aBreak('rest')], 'rest code taken'],
  ['no code', [aBreak('')], '1 code badCode'],
  ['no Russian name', [aBreak('rest', { names: { uz: 'Dam', ru: ' ' } })], 'rest ru required'],
  ['a limit of no time', [aBreak('rest', { limitMinutes: 0 })], 'rest limitMinutes outOfRange'],
  [
    'a limit that is no number',
    [aBreak('rest', { limitMinutes: Number.NaN })],
    'rest limitMinutes outOfRange',
  ],
  [
    'only what has to be asked for',
    [aBreak('rest', { needsApproval: true })],
    '* needsApproval allToBeAgreed',
  ],
  ['too many', Array.from({ length: 21 }, (_, index) => aBreak(`b${index}`)), '* code tooMany'],
])('breaks with %s are not saved', (_what, breaks, problem) => {
  expect(found(checkAgentTime({ ...DEFAULT_AGENT_TIME, breaks }))).toEqual([problem])
})

test('good rules have no problems, and limits out of their range are named', () => {
  expect(checkAgentTime({ ...DEFAULT_AGENT_TIME, breaks: DEMO_BREAKS })).toEqual([])
  const rules = {
    ...DEFAULT_AGENT_TIME,
    wrapUpSeconds: 5,
    breakApprovalMinutes: Number.NaN,
    breaks: DEMO_BREAKS,
  }
  expect(found(checkAgentTime(rules))).toEqual([
    'limits wrapUpSeconds outOfRange',
    'limits breakApprovalMinutes outOfRange',
  ])
})

test.each<[string, OutcomeRule[], string[]]>([
  ['the usual ones', [...DEFAULT_OUTCOMES], []],
  ['another order', DEFAULT_OUTCOMES.toReversed(), []],
  ['one that is missing', DEFAULT_OUTCOMES.slice(1), ['resolved outcome required']],
  ['a name in one language', rename({ uz: 'Yopildi', ru: '' }), ['resolved ru required']],
  ['a name that fills the screen', rename({ uz: 'a'.repeat(31), ru: 'Решён' }), ['resolved uz tooLong']],
  [
    'only one that is offered',
    DEFAULT_OUTCOMES.map((rule, place) => ({ ...rule, isOffered: place === 0 })),
    ['* isOffered tooFewOffered'],
  ],
])('outcomes with %s', (_what, rules, problems) => {
  expect(found(checkOutcomes(rules))).toEqual(problems)
})

function rename(names: OutcomeRule['names']): OutcomeRule[] {
  return DEFAULT_OUTCOMES.map((rule) => (rule.outcome === 'resolved' ? { ...rule, names } : rule))
}
