import { expect, test } from 'vitest'
import { AGENT_MOVES, BREAK_AFTER } from './agent-status.ts'
import { AGENT_STATUSES, type AgentStatus } from './call.ts'

test('every status can be reached from signed out, and signed out from every status', () => {
  expect(reachable('signedOut')).toEqual(new Set(AGENT_STATUSES))
  for (const status of AGENT_STATUSES) expect(reachable(status), status).toContain('signedOut')
})

test('nobody whose line is lost stays available', () => {
  for (const status of AGENT_STATUSES) expect(AGENT_MOVES[status].loseLine).not.toBe('available')
})

test('a break that is not of the agent’s choosing says why', () => {
  for (const moves of Object.values(AGENT_MOVES)) {
    for (const [action, next] of Object.entries(moves)) {
      if (next === 'onBreak' && action !== 'takeBreak') expect(BREAK_AFTER, action).toHaveProperty(action)
    }
  }
})

function reachable(from: AgentStatus): Set<AgentStatus> {
  const reached = new Set<AgentStatus>([from])
  for (const status of reached) for (const next of Object.values(AGENT_MOVES[status])) reached.add(next)
  return reached
}
