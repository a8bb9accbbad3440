import { expect, test } from 'vitest'
import type { AgentId, QueueId, SkillId } from '#core/lib/ids.ts'
import type { QueuesTogether } from './check-queues.ts'
import { queueForm, readQueueForm } from './queue-form.ts'
import { defaultQueueSettings, type QueueSettings } from './queue-settings.ts'
import { fluentIn } from './skill-rules.ts'

const [GENERAL, TECH] = ['general', 'tech'] as QueueId[] as [QueueId, QueueId]

function together(change: Partial<QueueSettings> = {}): QueuesTogether {
  return {
    queues: [defaultQueueSettings(GENERAL), { ...defaultQueueSettings(TECH), ...change }],
    agents: [{ agent: 'dilnoza' as AgentId, queues: [GENERAL, TECH], skills: fluentIn(['uz', 'ru']) }],
    skills: ['uz', 'ru'] as SkillId[],
    languages: ['uz', 'ru'],
  }
}

const form = queueForm(defaultQueueSettings(GENERAL))
const problemsOf = (change: Partial<typeof form>, among = together()) =>
  readQueueForm(GENERAL, { ...form, ...change }, among).problems.map(({ queue, field, line, column, code }) =>
    [queue, field, line, column, code].filter(Boolean).join(' '),
  )

test('settings as they are filled in are read as they were', () => {
  const settings: QueueSettings = {
    ...defaultQueueSettings(GENERAL),
    tooLong: { waitSecondsMax: 60, then: { do: 'overflow', to: TECH } },
  }
  expect(queueForm(settings).rules).toBe('language >= 1')
  expect(readQueueForm(GENERAL, queueForm(settings), together())).toEqual({ settings, problems: [] })
})

test('rules that cannot be read are told with line and column, beside what is wrong otherwise', () => {
  expect(problemsOf({ rules: 'wait < 60 s: ru => 80\nthen any', ringSeconds: 1 })).toEqual([
    'general skills 1 17 expected',
    'general ringSeconds outOfRange',
  ])
})

test('what is wrong with a step is told at the line of the text', () => {
  expect(problemsOf({ rules: '\nwait < 60 s: ru >= 40; then ru >= 80\n\nthen fr >= 10' })).toEqual([
    'general skills 2 stricter',
    'general skills 4 unknownSkill',
  ])
})

test('what a change breaks elsewhere is told there', () => {
  const among = together({ tooLong: { waitSecondsMax: 60, then: { do: 'overflow', to: GENERAL } } })
  expect(problemsOf({ nobodyOnDuty: { then: { do: 'overflow', to: TECH } } }, among)).toEqual([
    'general nobodyOnDuty overflowLoop',
    'tech tooLong overflowLoop',
  ])
})

test('what was wrong elsewhere before does not stand in the way', () => {
  expect(problemsOf({}, together({ ringSeconds: 1 }))).toEqual([])
})

test('what was wrong here before does', () => {
  expect(
    problemsOf(
      { ringSeconds: 1 },
      { ...together(), queues: [{ ...defaultQueueSettings(GENERAL), ringSeconds: 1 }] },
    ),
  ).toEqual(['general ringSeconds outOfRange'])
})
