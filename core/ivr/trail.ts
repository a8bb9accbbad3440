/** The way back: which menus a caller has come through, so that `#` leads one step up. */
import type { NodeId } from './flow.ts'
import type { FlowRun, Visit } from './flow-run.ts'

/** Remembers a menu on arrival. One already on the trail is returned to, so the trail cannot grow for ever. */
export function arriveAt(run: FlowRun, node: NodeId): Pick<FlowRun, 'trail' | 'chosen' | 'topic'> {
  const known = run.trail.findIndex((visit) => visit.node === node)
  const visit = run.trail[known] ?? { node, chosen: run.chosen, topic: run.topic }
  const before = known < 0 ? run.trail : run.trail.slice(0, known)
  return { trail: [...before, visit], chosen: visit.chosen, topic: visit.topic }
}

/** Where `#` leads from the present node, if anywhere. */
export function placeBefore(run: FlowRun): Visit | undefined {
  return run.trail.findLast((visit) => visit.node !== run.node)
}
