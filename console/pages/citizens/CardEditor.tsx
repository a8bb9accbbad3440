import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CardForm, CitizenCard } from '#contract/citizens.ts'
import { type CardFault, isTooLong, readCard } from '#core/citizens/citizen-card.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { useCitizenCommand } from '../../api.ts'
import { t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'
import { RequestProblem } from '../../request.ts'
import { serverNow } from '../../server-clock.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { CardFormFields } from './CardFormFields.tsx'
import css from './citizens.module.css'
import { useCardDraft } from './card-draft.ts'
import { ReconcilePanel } from './ReconcilePanel.tsx'

/** The card as a form: a draft of one's own until it is saved, beside what others save meanwhile. */
export function CardEditor({ card, close }: { card: CitizenCard; close?: () => void }) {
  const draft = useCardDraft(card)
  const command = useCitizenCommand()
  const [wasTried, setTried] = useState(false)
  const [wasOvertaken, setWasOvertaken] = useState(false)
  const faults = faultsOf(draft.fields, card.fields)
  // One's own change may be told by the stream before its answer has come.
  const isOvertaken = draft.isOvertaken && (wasOvertaken || !command.isPending)

  function send(basedOn: number, fields: CardForm): void {
    setWasOvertaken(draft.isOvertaken)
    command.mutate(
      { do: 'change', id: card.id, basedOn, fields },
      {
        onSuccess: () => {
          draft.discard()
          setTried(false)
          close?.()
        },
        onError: (problem) => {
          // The card of whoever was quicker is on its way, and both are shown then.
          if (!(problem instanceof RequestProblem && problem.code === 'changedMeanwhile'))
            showProblem(problem)
        },
      },
    )
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (faults.length === 0 && !isOvertaken && !isTooLong(draft.fields)) send(draft.basedOn, draft.fields)
  }

  return (
    <form onSubmit={submit} className={css.editor} aria-label={t('Edit the card')} noValidate>
      <CardFormFields fields={draft.fields} faults={wasTried ? faults : []} change={draft.change} />
      <div className={css.inRow}>
        <ActionButton
          isSubmit
          label={t('Save the card')}
          whyDisabled={isOvertaken ? t('Look at what was changed first') : whyTooLong(draft.fields)}
          isBusy={command.isPending}
          onPress={() => undefined}
        />
        <Button
          variant="default"
          onClick={() => {
            draft.discard()
            setTried(false)
            close?.()
          }}
        >
          {t('Discard my changes')}
        </Button>
        <span role="status">{draft.isChanged && t('Not saved yet')}</span>
      </div>
      {isOvertaken && (
        <ReconcilePanel
          card={card}
          base={draft.base}
          mine={draft.fields}
          isBusy={command.isPending}
          save={(fields) => send(card.version, fields)}
          discard={draft.discard}
        />
      )}
    </form>
  )
}

export function whyTooLong(fields: CardForm): string | undefined {
  return isTooLong(fields) ? t('First put right what is marked.') : undefined
}

/** A document that is shown masked was not typed, and is not read. */
export function faultsOf(fields: CardForm, shown: Pick<CardForm, 'pinfl' | 'passport'>): CardFault[] {
  const typed = {
    ...fields,
    ...(fields.pinfl === shown.pinfl && { pinfl: '' }),
    ...(fields.passport === shown.passport && { passport: '' }),
  }
  return readCard(typed, tashkentDay(serverNow())).faults
}
