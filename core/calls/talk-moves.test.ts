import { expect, test } from 'vitest'
import { TALK_MOVES, TALK_STATES, type TalkState } from './talk-moves.ts'

const allowedIn = (state: TalkState) => Object.keys(TALK_MOVES[state])

test('whoever has the call can end his part of it from every state, in at most two steps', () => {
  for (const state of TALK_STATES.filter((each) => each !== 'over')) {
    const next = Object.values(TALK_MOVES[state])
    const inTwo = next.flatMap((each) => Object.values(TALK_MOVES[each]))
    expect([...next, ...inTwo], state).toContain('over')
  }
})

test('every state can be reached from a talk, but for that of a helper', () => {
  const reached = new Set<TalkState>(['talking'])
  for (const state of reached) for (const next of Object.values(TALK_MOVES[state])) reached.add(next)
  expect([...reached].toSorted()).toEqual(TALK_STATES.filter((each) => each !== 'helping').toSorted())
})

test('a helper decides nothing about the call', () => {
  expect(allowedIn('helping')).toEqual(['stopHelping', 'takeOver'])
})

test('no citizen is hung up on, sent away or asked about twice while somebody is consulted', () => {
  for (const state of ['calling', 'consulting'] as const)
    for (const action of ['end', 'transfer', 'returnToQueue', 'consult', 'hold'])
      expect(allowedIn(state), `${action} while ${state}`).not.toContain(action)
})

test('whatever becomes of the helper, the citizen is talked with or held, never lost', () => {
  for (const state of TALK_STATES) {
    const next = TALK_MOVES[state].helperGone
    if (next) expect(['talking', 'onHold']).toContain(next)
  }
})
