/** The desks that have a part in a call show it as it stands: one place, so that no two of them tell different stories. */
import type { AgentId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { AtDesk, Desk } from './desk.ts'
import { type Helper, type LiveCall, talkState } from './live-call.ts'
import type { Stage } from './stage.ts'

/** The call at a desk whose agent has just come to it. */
export function atDesk(call: LiveCall, { agent }: Desk, connectedAt: Instant): AtDesk {
  const state = talkState(call, agent)
  return { id: call.id, connectedAt, state, muted: false, endedAt: undefined, other: undefined }
}

export function showTalk(stage: Stage, call: LiveCall): void {
  const { agent, helper } = call
  const helping = helper && 'agent' in helper ? helper.agent : undefined
  show(stage, call, { of: agent, other: helper && { name: nameOf(stage, helper), since: helper.since } })
  const asker = agent && stage.book.desks.get(agent)
  if (helper)
    show(stage, call, { of: helping, other: asker && { name: asker.profile.name, since: helper.since } })
}

type Shown = { of: AgentId | undefined; other: AtDesk['other'] }

function show(stage: Stage, call: LiveCall, { of, other }: Shown): void {
  const desk = of && stage.book.desks.get(of)
  if (!desk) return
  if (desk.call?.id === call.id && desk.call.endedAt === undefined)
    desk.call = { ...desk.call, state: talkState(call, desk.agent), other }
  stage.deps.deskChanged(desk)
}

/** For the log, where something was asked for that this desk does not allow. */
export function whatStands({ calls }: Pick<Stage, 'calls'>, { call, offer, status }: Desk): string {
  const rings = offer ? `, offer ${offer.id} of call ${offer.call} rings` : ''
  const has = call ? `, call ${call.id} is ${calls.get(call.id)?.stage ?? 'ended'}` : ''
  return `the agent is ${status}${rings}${has}`
}

function nameOf({ book }: Stage, helper: Helper): string {
  if ('party' in helper) return displayNumber(helper.number)
  return book.desks.get(helper.agent)?.profile.name ?? ''
}
