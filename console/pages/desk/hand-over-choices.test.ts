import { expect, test } from 'vitest'
import type { TransferTargets } from '#contract/calls.ts'
import { askOf, choicesOf } from './hand-over-choices.ts'

const TARGETS: TransferTargets = {
  agents: [
    { id: 'a', name: 'Anvar Qodirov', status: 'talking', queues: ['general'] },
    { id: 'k', name: 'Анна Ким', status: 'available', queues: ['general'] },
  ],
  queues: [
    { id: 'general', names: { uz: 'Umumiy savollar', ru: 'Общие вопросы' }, waiting: 3, freeAgents: 1 },
    { id: 'appeals', names: { uz: 'Murojaatlar', ru: 'Обращения' }, waiting: 0, freeAgents: 0 },
  ],
  dialling: { allowed: ['998'], denied: [] },
}
const namesOf = (search: string, targets = TARGETS) =>
  choicesOf(targets, search, { queue: ({ uz }) => uz }).map(({ name }) => name)

test('queues come first, then colleagues who are free, then the others', () => {
  expect(namesOf('')).toEqual(['Umumiy savollar', 'Murojaatlar', 'Анна Ким', 'Anvar Qodirov'])
})

test('the queue that answers questions about the topic of the call comes before the others', () => {
  const names = { queue: ({ uz }: { uz: string }) => uz, first: 'appeals' }
  expect(
    choicesOf(TARGETS, '', names)
      .map(({ name }) => name)
      .slice(0, 2),
  ).toEqual(['Murojaatlar', 'Umumiy savollar'])
})

test('a name is found in either script', () => {
  expect(namesOf('anna')).toEqual(['Анна Ким'])
  expect(namesOf('кодиров')).toEqual(['Anvar Qodirov'])
})

test('what looks like a number can be called, where the role may call outside', () => {
  expect(namesOf('+998 71 200-10-10')).toEqual(['+998 71 200-10-10'])
  expect(namesOf('103')).toEqual(['103'])
  expect(namesOf('10')).toEqual([])
  expect(namesOf('103', { ...TARGETS, dialling: null })).toEqual([])
})

test('only who is free can be asked first; to a queue one can only give', () => {
  const asked = choicesOf(TARGETS, '', { queue: ({ uz }) => uz }).map(askOf)
  expect(asked).toEqual([undefined, undefined, { agent: 'k' }, undefined])
  expect(choicesOf(TARGETS, '103', { queue: ({ uz }) => uz }).map(askOf)).toEqual([{ number: '103' }])
})
