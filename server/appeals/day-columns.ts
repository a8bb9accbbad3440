/** The days of an appeal as appeal_days keeps them, each with the steps it was counted by. */
import type { AppealClock } from '#core/deadlines/appeal-clock.ts'

export function dayColumns({ dueOn, others: { forwarding, notice }, steps }: AppealClock) {
  return {
    due_on: dueOn,
    due_steps: JSON.stringify(steps),
    notice_on: notice?.dueOn ?? null,
    forward_on: forwarding?.dueOn ?? null,
    other_steps: JSON.stringify({
      ...(notice && { notice: notice.steps }),
      ...(forwarding && { forwarding: forwarding.steps }),
    }),
  }
}

export type DayColumns = ReturnType<typeof dayColumns>
