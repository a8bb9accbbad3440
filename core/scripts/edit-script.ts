/**
 * What an editor does to a script besides writing its words: steps are added, moved and removed without leaving a hole
 * in the way. A step keeps its id for ever, so that what was ticked of an older version still means the same step.
 */
import type { Branch, Script, ScriptStep } from './script.ts'

const EMPTY = { uz: '', ru: '' }

/** The first of `step1`, `step2`, … that is not taken. */
export function freeId(taken: readonly string[], word: string): string {
  let number = 1
  while (taken.includes(`${word}${number}`)) number += 1
  return `${word}${number}`
}

const idsOf = ({ steps, asides }: Script) => [...steps, ...asides].map(({ id }) => id)

const newStep = (id: string, next: string | null): ScriptStep => ({ id, title: EMPTY, say: [EMPTY], next })

/** Between this step and what came after it; after a turn, beside the way, until a branch leads there. */
export function addStepAfter(script: Script, id: string): Script {
  const place = script.steps.findIndex((step) => step.id === id)
  const before = script.steps[place]
  const added = newStep(freeId(idsOf(script), 'step'), before?.branches ? null : (before?.next ?? null))
  if (!before)
    return {
      ...script,
      steps: [...script.steps, added],
      start: script.steps.length === 0 ? added.id : script.start,
    }
  const led = before.branches ? before : { ...before, next: added.id }
  return { ...script, steps: script.steps.with(place, led).toSpliced(place + 1, 0, added) }
}

export function addAside(script: Script): Script {
  return { ...script, asides: [...script.asides, newStep(freeId(idsOf(script), 'aside'), null)] }
}

/** What led to it leads to what came after it; after a turn that is not known, and the checker says so. */
export function removeStep(script: Script, id: string): Script {
  const gone = script.steps.find((step) => step.id === id)
  if (!gone) return { ...script, asides: script.asides.filter((step) => step.id !== id) }
  const onwards = gone.branches ? null : gone.next
  const steps = script.steps
    .filter((step) => step.id !== id)
    .map(({ branches, ...step }) => ({
      ...step,
      next: step.next === id ? onwards : step.next,
      ...(branches && {
        branches: branches.flatMap((branch) => {
          if (branch.to !== id) return [branch]
          return onwards === null ? [] : [{ ...branch, to: onwards }]
        }),
      }),
    }))
  return { ...script, steps, start: script.start === id ? (onwards ?? steps[0]?.id ?? '') : script.start }
}

export function changeStep(script: Script, changed: ScriptStep): Script {
  const put = (steps: readonly ScriptStep[]) => steps.map((step) => (step.id === changed.id ? changed : step))
  return { ...script, steps: put(script.steps), asides: put(script.asides) }
}

/** Only how they are listed; the way is what leads from step to step. */
export function raiseStep(script: Script, id: string): Script {
  const put = (steps: readonly ScriptStep[]) => {
    const place = steps.findIndex((step) => step.id === id)
    const step = steps[place]
    return !step || place === 0 ? steps : steps.toSpliced(place, 1).toSpliced(place - 1, 0, step)
  }
  return { ...script, steps: put(script.steps), asides: put(script.asides) }
}

/** From here on the talk turns; the step that came next is where it turns to first. */
export function turnHere({ next, ...step }: ScriptStep, elsewhere: string): ScriptStep {
  return { ...step, next: null, branches: [newBranch([], next ?? elsewhere)] }
}

/** It goes on straight, where its first branch had led. */
export function goStraight({ branches, ...step }: ScriptStep): ScriptStep {
  return { ...step, next: branches?.[0]?.to ?? null }
}

export function newBranch(beside: readonly Branch[], to: string): Branch {
  return {
    id: freeId(
      beside.map(({ id }) => id),
      'way',
    ),
    label: EMPTY,
    to,
  }
}
