import type { CallOutcome } from '#core/calls/call.ts'
import { outcomeMeaning } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { Key } from '../../ui/Key.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { useOfferedOutcomes, useOutcomeNames } from '../../use-outcome-names.ts'
import css from './desk.module.css'

/** Few big choices, each one key away even while the note is being typed. */
export function OutcomeChoice(props: {
  outcome: CallOutcome | null
  choose: (outcome: CallOutcome) => void
}) {
  const outcomeName = useOutcomeNames()
  const offered = useOfferedOutcomes(props.outcome)
  useShortcuts(
    Object.fromEntries(
      offered.map((outcome, place) => [`alt+Digit${place + 1}`, () => props.choose(outcome)]),
    ),
  )
  return (
    <fieldset className={css.outcomes}>
      <legend>{t('Outcome')}</legend>
      {offered.map((outcome, place) => (
        <label key={outcome} className={css.outcome}>
          <input
            type="radio"
            name="outcome"
            value={outcome}
            checked={props.outcome === outcome}
            aria-keyshortcuts={`Alt+${place + 1}`}
            onChange={() => props.choose(outcome)}
          />
          <span className={css.outcomeName}>
            {outcomeName(outcome)}
            <Key>{`Alt+${place + 1}`}</Key>
          </span>
          <span className={css.outcomeMeaning}>{outcomeMeaning(outcome)}</span>
        </label>
      ))}
    </fieldset>
  )
}
