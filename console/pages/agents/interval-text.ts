/** One interval of an agent's day in words: what, when, whose doing. */
import type { AgentInterval } from '#contract/agents.ts'
import type { StatusCause } from '#core/calls/agent-status.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { agentStatusText } from '../../call-words.ts'
import { exactTime } from '../../format.ts'
import { t } from '../../i18n.ts'

type BreakName = (reason: string | null) => string

export function intervalText(interval: AgentInterval, breakName: BreakName, now: number): string[] {
  return [
    `${statusText(interval, breakName)} · ${timesText(interval, now)}`,
    causeText(interval),
    overLimitText(interval, now),
    interval.call === null ? undefined : t('Click to open the call'),
  ].filter((line) => line !== undefined)
}

export function statusText({ status, reason }: AgentInterval, breakName: BreakName): string {
  return status === 'onBreak' ? breakName(reason) : agentStatusText(status)
}

function timesText({ startedAt, endedAt }: AgentInterval, now: number): string {
  const lasted = duration(((endedAt ?? now) - startedAt) / 1000)
  return `${exactTime(startedAt)}–${endedAt === null ? '…' : exactTime(endedAt)} (${lasted})`
}

export function overLimitText({ status, limitAt, endedAt }: AgentInterval, now: number): string | undefined {
  const overMs = limitAt === null ? 0 : (endedAt ?? now) - limitAt
  if (status !== 'onBreak' || overMs <= 0) return undefined
  return t('Longer than planned by {{time}}', { time: duration(overMs / 1000) })
}

export function causeText({ cause, byName }: AgentInterval): string {
  if (cause === null) return ''
  const text = causeName(cause)
  return byName === null ? text : `${text}: ${byName}`
}

function causeName(cause: StatusCause): string {
  switch (cause) {
    case 'agent':
      return t('The agent')
    case 'supervisor':
      return t('The supervisor')
    case 'offered':
      return t('A call was offered')
    case 'offerMissed':
      return t('The call was missed')
    case 'offerWithdrawn':
      return t('The caller left')
    case 'callEnded':
      return t('The call ended')
    case 'notReached':
      return t('The citizen was not reached')
    case 'lineLost':
      return t('The line was lost')
    case 'lineBack':
      return t('The line is back')
    case 'wrapUpLimit':
      return t('The time for the wrap-up was over')
    case 'signInEnded':
      return t('The sign-in has ended')
    case 'serverRestarted':
      return t('The server was started again')
  }
}
