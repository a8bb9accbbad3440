/** The breaks, the agents and their day in the make-believe organisation. */
import type { AgentDay, AgentInterval, AgentTime } from '#contract/agents.ts'
import type { AgentRow } from '#contract/live.ts'
import { type AgentTimeRules, DEFAULT_AGENT_TIME } from '#core/calls/agent-time.ts'
import { DEMO_BREAKS } from '#core/calls/demo-breaks.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { type Day, tashkentMidnight } from '#core/lib/time.ts'
import { madeId } from './mock-data.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const SHIFT_HOURS = 9

export const demoRules = (): AgentTimeRules => ({ ...DEFAULT_AGENT_TIME, breaks: DEMO_BREAKS })

export type KeptRules = { changedAt: number | null; earlier: AgentTime['earlierBreaks'] }

export function agentTimeView({ breaks, ...limits }: AgentTimeRules, kept: KeptRules): AgentTime {
  return {
    changedAt: kept.changedAt,
    earlierBreaks: kept.earlier,
    ...limits,
    breaks: breaks.map(({ isPaid, limitMinutes, ...rule }) => ({
      ...rule,
      paid: isPaid,
      limitMinutes: limitMinutes ?? null,
    })),
  }
}

/** Each agent's day the same each time it is asked for, up to now. */
export function agentDays(
  agents: readonly Pick<AgentRow, 'id' | 'name'>[],
  day: Day,
  now: number,
): AgentDay[] {
  return agents.map(({ id, name }) => {
    const place = Number(id.slice(-1))
    const starts = tashkentMidnight(day) + (8 + (place % 3)) * HOUR_MS
    return { id, name, intervals: shiftOf({ name, place, starts, now }) }
  })
}

type Shift = { name: string; place: number; starts: number; now: number }

function shiftOf({ name, place, starts, now }: Shift): AgentInterval[] {
  const random = seededRandom(place + 1)
  const intervals: AgentInterval[] = []
  let at = starts
  const add = (minutes: number, part: Partial<AgentInterval> & Pick<AgentInterval, 'status'>) => {
    if (at >= now) return
    const endedAt = at + minutes * MINUTE_MS
    const own = { reason: null, limitAt: null, cause: 'agent' as const, byName: name, call: null }
    intervals.push({ ...own, ...part, startedAt: at, endedAt: endedAt > now ? null : endedAt })
    at = endedAt
  }
  const system = (cause: AgentInterval['cause']) => ({ cause, byName: null })
  const takeBreak = (reason: string, minutes: number, limit: number) =>
    add(minutes, { status: 'onBreak', reason, limitAt: at + limit * MINUTE_MS })

  add(2, { status: 'onBreak', reason: 'justSignedIn' })
  for (let call = 0; at < Math.min(now, starts + SHIFT_HOURS * HOUR_MS); call++) {
    add(1 + random() * 6, { status: 'available' })
    add(0.2, { status: 'ringing', ...system('offered'), call: madeId(2, call % 60) })
    add(1 + random() * 5, { status: 'talking', call: madeId(2, call % 60) })
    add(0.3 + random(), { status: 'wrapUp', ...system('callEnded'), call: madeId(2, call % 60) })
    if (call === 12) takeBreak('rest', 12, 15)
    if (call === 24) takeBreak('lunch', 55 + place * 4, 60)
    if (call === 30 && place === 2) takeBreak('training', 40, 90)
    if (call === 36) add(4, { status: 'onBreak', reason: 'lineLost', ...system('lineLost') })
    if (call === 38)
      add(9, { status: 'onBreak', reason: 'rest', cause: 'supervisor', byName: 'Malika Yusupova' })
  }
  return intervals
}
