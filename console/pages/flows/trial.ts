/**
 * A walk through a flow without a telephone: the interpreter that walks callers, told of keys and silence by whoever
 * tries it, and what it asks for as lines to read. Nothing is decided here.
 */
import type { Flow, NodeId } from '#core/ivr/flow.ts'
import type { FlowCommand, FlowEvent, FlowRun } from '#core/ivr/flow-run.ts'
import { startFlow, stepFlow } from '#core/ivr/interpreter.ts'
import type { Say } from '#core/ivr/spoken.ts'

/** `happened` is what was pressed or waited for; all others are what a caller hears or comes to. */
export type TrialLine =
  | { readonly is: 'pressed'; readonly key: string }
  | { readonly is: 'silence'; readonly seconds: number }
  | { readonly is: 'said'; readonly node: NodeId; readonly say: readonly Say[] }
  | { readonly is: 'answered' }
  | {
      readonly is: 'ended'
      readonly by: Extract<FlowCommand, { do: 'enterQueue' | 'takeMessage' | 'hangUp' }>
    }

export type Trial = {
  readonly flow: Flow
  readonly run: FlowRun
  readonly lines: readonly TrialLine[]
  /** Seconds it waits for a key now. */
  readonly waitSeconds: number
}

/** A walk in circles by hand ends somewhere. */
export const LINES_MAX = 500

export function beginTrial(flow: Flow): Trial {
  const [run, commands] = startFlow(flow)
  return told({ flow, run, lines: [], waitSeconds: 0 }, { run, commands, happened: [] })
}

export function press(trial: Trial, key: string): Trial {
  return step(trial, { type: 'digit', digit: key }, { is: 'pressed', key })
}

/** Everything that is being said has been heard. */
export function hear(trial: Trial): Trial {
  const { awaited } = trial.run
  return awaited.for === 'prompts'
    ? step(trial, { type: 'promptsPlayed', playback: awaited.playback })
    : trial
}

/** Nothing is pressed for as long as the flow waits; what is being said is heard first. */
export function waitOut(trial: Trial): Trial {
  const heard = hear(trial)
  const { awaited } = heard.run
  if (awaited.for !== 'key') return heard
  const silence: TrialLine = { is: 'silence', seconds: heard.waitSeconds }
  return step(heard, { type: 'waitedLongEnough', timer: awaited.timer }, silence)
}

function step(trial: Trial, event: FlowEvent, line?: TrialLine): Trial {
  if (trial.run.ended || trial.lines.length >= LINES_MAX) return trial
  const [run, commands] = stepFlow(trial.flow, trial.run, event)
  return told(trial, { run, commands, happened: line ? [line] : [] })
}

type Step = { run: FlowRun; commands: readonly FlowCommand[]; happened: readonly TrialLine[] }

function told(trial: Trial, { run, commands, happened }: Step): Trial {
  const lines = [...trial.lines, ...happened]
  let { waitSeconds } = trial
  for (const command of commands) {
    if (command.do === 'play') lines.push({ is: 'said', node: run.node, say: command.say })
    else if (command.do === 'answer') lines.push({ is: 'answered' })
    else if (command.do === 'startTimer') waitSeconds = command.seconds
    else if (command.do !== 'stopPlaying') lines.push({ is: 'ended', by: command })
  }
  return { ...trial, run, lines: lines.slice(0, LINES_MAX), waitSeconds }
}
