import { Link } from '@tanstack/react-router'
import type { CallerCard } from '#contract/calls.ts'
import type { CitizenCard } from '#contract/citizens.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { useCitizen } from '../../api.ts'
import { fieldText, regionText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { Tone } from '../../ui/Tone.tsx'
import css from './desk.module.css'
import { OpenAppeals } from './OpenAppeals.tsx'
import { askFirst } from './WhoIsCalling.tsx'

/** Name and marks; then the heading of the appeals. */
const LINES = 2
const LINE_REM = 1.5
/** More than so many of one number are seldom, and then what stands below gives way. */
const ROOM_MAX_APPEALS = 3

/**
 * Whoever the agent says is calling, and what he is owed, above all else that is known. It has the height before
 * anybody is chosen that it has for each of those who use the number: choosing one moves nothing.
 */
export function CallerNow({ caller, citizen }: { caller: CallerCard; citizen: string | null }) {
  const { openAppeals } = caller
  const isCandidate = caller.candidates.some(({ id }) => id === citizen)
  const room = openAppeals.length === 0 ? 0 : 1 + Math.min(openAppeals.length, ROOM_MAX_APPEALS)
  return (
    <div className={css.callerNow} style={{ minHeight: `${(LINES + room) * LINE_REM}rem` }}>
      {citizen === null ? (
        <>
          <p>{t('It is not said yet who this is.')}</p>
          <p>{caller.candidates.length > 0 && askFirst()}</p>
          <OpenAppeals appeals={openAppeals} />
        </>
      ) : (
        <Chosen
          id={citizen}
          owed={isCandidate ? openAppeals.filter((appeal) => appeal.citizen === citizen) : undefined}
        />
      )}
    </div>
  )
}

/** `owed`: known since it rang; of somebody who was found otherwise his card tells. */
function Chosen({ id, owed }: { id: string; owed: CallerCard['openAppeals'] | undefined }) {
  const card = useCitizen(id).data
  return (
    <>
      <p>
        <b>{card?.names.latin}</b> <Link to={paths.citizen(id)}>{t('Open the card')}</Link>
      </p>
      <p>{card && <Marks card={card} />}</p>
      <OpenAppeals appeals={owed ?? card?.appeals.filter(({ status }) => clockRuns(status)) ?? []} />
    </>
  )
}

/** What he can be asked for, to be sure that it is he. */
function Marks({ card: { fields, isMinor } }: { card: CitizenCard }) {
  const { birthDay, pinfl, region, stir } = fields
  const marks = [
    birthDay && shortDay(birthDay as Day),
    pinfl && `${fieldText('pinfl')} ${pinfl}`,
    stir && `${fieldText('stir')} ${stir}`,
    regionText(region),
  ]
  return (
    <>
      {isMinor && <Tone tone="warn">{fieldText('isMinor')} </Tone>}
      {marks.filter(Boolean).join(' · ')}
    </>
  )
}
