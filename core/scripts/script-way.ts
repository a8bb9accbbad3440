/** Where a call is in its script: the way the talk has taken, and what ticking a step makes of it. */
import type { CallOutcome } from '#core/calls/call.ts'
import type { Instant } from '#core/lib/time.ts'
import { type Branch, type DoneStep, type Script, type ScriptStep, STEPS_MAX } from './script.ts'

export type WayStep = {
  readonly step: ScriptStep
  readonly isDone: boolean
  /** When it was ticked, where that is known. */
  readonly at: Instant | undefined
  /** Where the talk turned. */
  readonly branch: Branch | undefined
}

/** From the start to the end, or to where it is not known yet how the talk turns. */
export function wayThrough(script: Script, done: readonly DoneStep[]): WayStep[] {
  const way: WayStep[] = []
  let step = stepOf(script, script.start)
  while (step && way.length < STEPS_MAX) {
    const one = wayStep(step, done)
    way.push(one)
    const to = step.branches ? one.branch?.to : step.next
    step = to ? stepOf(script, to) : undefined
  }
  return way
}

/** What may happen at any moment, and whether it did. */
export function asidesOf(script: Script, done: readonly DoneStep[]): WayStep[] {
  return script.asides.map((step) => wayStep(step, done))
}

/** The step that is to be done now; nothing when the way is at its end. */
export function stepNow(script: Script, done: readonly DoneStep[]): ScriptStep | undefined {
  return wayThrough(script, done).find(({ isDone }) => !isDone)?.step
}

/** A step at which the talk turns is ticked by saying where to. */
export function ticked(
  script: Script,
  done: readonly DoneStep[],
  { step: id, branch, at }: { step: string; branch?: string; at?: Instant },
): readonly DoneStep[] {
  const step = [...script.steps, ...script.asides].find((one) => one.id === id)
  if (!step || (step.branches && !step.branches.some((one) => one.id === branch))) return done
  const others = done.filter((one) => one.step !== id)
  return [
    ...others,
    { step: id, branch: step.branches ? (branch ?? null) : null, ...(at !== undefined && { at }) },
  ]
}

export function unticked(done: readonly DoneStep[], id: string): readonly DoneStep[] {
  return done.filter(({ step }) => step !== id)
}

/** What counts of it: a step that was ticked before the talk turned elsewhere is not part of this call. */
export function stepsDone(script: Script, done: readonly DoneStep[]): DoneStep[] {
  const ids = new Set([...wayThrough(script, done), ...asidesOf(script, done)].map(({ step }) => step.id))
  return done.filter(({ step }) => ids.has(step))
}

/** How the call ends by the way it took; the last turn that says so counts. */
export function outcomeOf(script: Script, done: readonly DoneStep[]): CallOutcome | undefined {
  return wayThrough(script, done).findLast(({ branch }) => branch?.outcome)?.branch?.outcome
}

/** What the wrap-up says after a turn: never anything against what the agent has chosen. */
export function outcomeAfter(
  script: Script,
  chosen: CallOutcome | null,
  { before, after }: { before: readonly DoneStep[]; after: readonly DoneStep[] },
): CallOutcome | null {
  const isHisOwn = chosen !== null && chosen !== outcomeOf(script, before)
  return isHisOwn ? chosen : (outcomeOf(script, after) ?? null)
}

function stepOf(script: Script, id: string): ScriptStep | undefined {
  return script.steps.find((step) => step.id === id)
}

function wayStep(step: ScriptStep, done: readonly DoneStep[]): WayStep {
  const tick = done.find((one) => one.step === step.id)
  const branch = step.branches?.find(({ id }) => id === tick?.branch)
  const isDone = tick !== undefined && (!step.branches || branch !== undefined)
  return { step, branch, isDone, at: isDone ? tick.at : undefined }
}
