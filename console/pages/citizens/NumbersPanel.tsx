import { Button } from '@mantine/core'
import type { FormEvent } from 'react'
import { type CitizenCard, NUMBER_MAX_CHARACTERS } from '#contract/citizens.ts'
import { NUMBER_MOVES } from '#core/citizens/number-standing.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { useCitizenCommand } from '../../api.ts'
import { standingText, standingTone } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { Digits } from '../../ui/Digits.tsx'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './citizens.module.css'

type CardNumber = CitizenCard['numbers'][number]

/** Telephone numbers, the one seen last first, each with how sure it is. */
export function NumbersPanel({ card }: { card: CitizenCard }) {
  const mayChange = useMay('changeCitizens') && card.status === 'current'
  return (
    <Surface title={t('Telephone numbers')}>
      <ul className={css.plain}>
        {card.numbers.map((number) => (
          <li key={number.number}>
            <Digits>{number.number}</Digits>{' '}
            <Tone tone={standingTone(number.standing)}>{standingText(number.standing)}</Tone>,{' '}
            {shortMoment(number.seenAt)}
            {mayChange && <Judgements card={card} number={number} />}
          </li>
        ))}
      </ul>
      {mayChange && <AddNumber key={card.id} card={card} />}
    </Surface>
  )
}

function Judgements({ card, number: { number, standing } }: { card: CitizenCard; number: CardNumber }) {
  const command = useCitizenCommand()
  const judge = (action: 'claim' | 'confirm' | 'deny') =>
    command.mutate({ do: 'judgeNumber', id: card.id, number, action }, { onError: showProblem })
  const words = { confirm: t('Confirmed'), deny: t('Not his'), claim: t('His after all') }
  return (
    <div className={css.inRow}>
      {(['confirm', 'deny', 'claim'] as const)
        .filter((action) => NUMBER_MOVES[standing][action])
        .map((action) => (
          <Button
            key={action}
            size="compact-xs"
            variant="subtle"
            aria-label={`${words[action]}: ${number}`}
            loading={command.isPending}
            onClick={() => judge(action)}
          >
            {words[action]}
          </Button>
        ))}
    </div>
  )
}

function AddNumber({ card }: { card: CitizenCard }) {
  const draft = useTypedDraft(`citizen-number.${card.id}`, '')
  const command = useCitizenCommand()
  function submit(event: FormEvent): void {
    event.preventDefault()
    const asked = { do: 'addNumber', id: card.id, number: draft.typed } as const
    command.mutate(asked, { onSuccess: draft.forget, onError: showProblem })
  }
  return (
    <form onSubmit={submit} className={css.inRow}>
      <LimitedInput
        aria-label={t('Telephone number')}
        placeholder="+998"
        required
        most={NUMBER_MAX_CHARACTERS}
        autoComplete="off"
        value={draft.typed}
        onChange={(event) => draft.change(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={command.isPending}>
        {t('Add')}
      </Button>
    </form>
  )
}
