import { CALL_OUTCOMES, type CallOutcome } from '#core/calls/call.ts'
import { outcomeText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { Key } from '../../ui/Key.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'

/** Four big choices, each one key away even while the note is being typed. */
export function OutcomeChoice(props: {
  outcome: CallOutcome | null
  choose: (outcome: CallOutcome) => void
}) {
  useShortcuts(
    Object.fromEntries(
      CALL_OUTCOMES.map((outcome, place) => [`alt+Digit${place + 1}`, () => props.choose(outcome)]),
    ),
  )
  return (
    <fieldset className={css.outcomes}>
      <legend>{t('Outcome')}</legend>
      {CALL_OUTCOMES.map((outcome, place) => (
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
            {outcomeText(outcome)}
            <Key>{`Alt+${place + 1}`}</Key>
          </span>
          <span className={css.outcomeMeaning}>{meaningText(outcome)}</span>
        </label>
      ))}
    </fieldset>
  )
}

function meaningText(outcome: CallOutcome): string {
  switch (outcome) {
    case 'resolved':
      return t('The matter is settled')
    case 'explained':
      return t('Advice was given')
    case 'unresolved':
      return t('Somebody must act on it')
    case 'disputed':
      return t('The citizen disagrees')
  }
}
