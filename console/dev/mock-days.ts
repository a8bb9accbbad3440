/** The days of an appeal beside that of its reply. */
import type { AppealCard } from '#contract/appeals.ts'
import { FIRST_DEADLINE_RULES } from '#core/deadlines/appeal-clock.ts'
import { controlDay } from '#core/deadlines/due-day.ts'
import { otherDays } from '#core/deadlines/duties.ts'
import { REGISTRATION_ARTICLE } from '#core/deadlines/time-limits.ts'
import type { Day } from '#core/lib/time.ts'

/** Of one that has just come. */
export function mockDays(registeredOn: Day, dueOn: Day | null): Pick<AppealCard, 'controlOn' | 'otherDays'> {
  const { calendar } = FIRST_DEADLINE_RULES
  const dayZero = { text: 'dayZero' as const, day: registeredOn, article: REGISTRATION_ARTICLE }
  const { forwarding } = otherDays(
    { kind: 'application', grants: [] },
    { day: registeredOn, steps: [dayZero] },
    FIRST_DEADLINE_RULES,
  )
  return {
    controlOn: dueOn && controlDay(dueOn, calendar),
    otherDays: forwarding
      ? [
          {
            duty: 'forwarding',
            dueOn: forwarding.dueOn,
            controlOn: controlDay(forwarding.dueOn, calendar),
            steps: [...forwarding.steps],
          },
        ]
      : [],
  }
}
