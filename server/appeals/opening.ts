/** An appeal's card: for whoever may see it or has just acted on it, and on somebody's screen, which is written down. */
import type { Kysely } from 'kysely'
import type { AppealCard } from '#contract/appeals.ts'
import { maySeeAppeal } from '#core/appeals/seeing.ts'
import { controlDay } from '#core/deadlines/due-day.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import { recordOncePerDay } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { deadlineRules } from '../deadlines/service.ts'
import { Refusal } from '../errors.ts'
import type { AppealEvent } from './events.ts'
import { linksOf } from './links.ts'
import type { Registrar } from './registering.ts'
import { findCard } from './store.ts'

export function opening({ db, now }: { db: Kysely<Database>; now: () => Instant }) {
  /** Without asking whether he may see it: he has just acted on it. */
  async function cardOf(id: AppealId, by: Registrar): Promise<AppealCard> {
    const found = await findCard(db, id, tashkentDay(now()))
    if (!found) throw new Refusal('notFound', `No appeal ${id}`)
    const [rules, links] = await Promise.all([deadlineRules(db), linksOf(db, id, by.role)])
    const controlOn = (day: string) => controlDay(day as Day, rules.calendar)
    return {
      ...found,
      links,
      controlOn: found.dueOn && controlOn(found.dueOn),
      otherDays: found.otherDays.map((other) => ({ ...other, controlOn: controlOn(other.dueOn) })),
    }
  }

  async function card(id: AppealId, by: Registrar): Promise<AppealCard> {
    const found = await cardOf(id, by)
    if (!maySeeAppeal(by.role, found.track))
      throw new Refusal('notFound', `Appeal ${id} is not for ${by.role}`)
    return found
  }

  return {
    cardOf,
    card,

    async open(id: AppealId, by: Registrar): Promise<AppealCard> {
      const found = await card(id, by)
      await recordOncePerDay<AppealEvent>(
        db,
        { type: 'appealOpened', appeal: id, by: by.id },
        { about: id, at: now() },
      )
      return found
    },
  }
}
