import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type CardForm, type CitizenCard, NUMBER_MAX_CHARACTERS } from '#contract/citizens.ts'
import { EMPTY_CARD } from '#core/citizens/citizen-card.ts'
import { useCitizenCommand } from '../../api.ts'
import { t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import { tooLong } from '../../ui/too-long.ts'
import { faultsOf, whyTooLong } from './CardEditor.tsx'
import { CardFormFields } from './CardFormFields.tsx'
import css from './citizens.module.css'
import { useCardDraft } from './card-draft.ts'

/** A card that there is not yet; what is typed is kept under `draft` until it is saved. */
export function NewCardForm(props: {
  draft: string
  start?: Partial<CardForm>
  /** Of the call it is made in. */
  number?: string
  made: (card: CitizenCard) => void
  close?: () => void
}) {
  const start = { ...EMPTY_CARD, ...props.start } as CardForm
  const draft = useCardDraft({ id: props.draft, version: 0, fields: start })
  const number = useTypedDraft(`citizen-number.${props.draft}`, props.number ?? '')
  const [wasTried, setTried] = useState(false)
  const command = useCitizenCommand()
  const faults = faultsOf(draft.fields, EMPTY_CARD)

  function discard(): void {
    draft.discard()
    number.forget()
  }
  const whyNot = whyTooLong(draft.fields) ?? tooLong(number.typed, NUMBER_MAX_CHARACTERS)

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (faults.length > 0 || whyNot) return
    const citizen = { fields: draft.fields, ...(number.typed.trim() !== '' && { number: number.typed }) }
    const then = (card: CitizenCard) => {
      discard()
      props.made(card)
    }
    command.mutate({ do: 'add', citizen }, { onSuccess: then, onError: showProblem })
  }

  return (
    <form onSubmit={submit} className={css.editor} aria-label={t('New card')} noValidate>
      <CardFormFields fields={draft.fields} faults={wasTried ? faults : []} change={draft.change} />
      <LimitedInput
        label={t('Telephone number')}
        most={NUMBER_MAX_CHARACTERS}
        autoComplete="off"
        value={number.typed}
        onChange={(event) => number.change(event.currentTarget.value)}
      />
      <div className={css.inRow}>
        <ActionButton
          isSubmit
          label={t('Save the card')}
          whyDisabled={whyNot}
          isBusy={command.isPending}
          onPress={() => undefined}
        />
        {props.close && (
          <Button
            variant="default"
            onClick={() => {
              discard()
              props.close?.()
            }}
          >
            {t('Discard')}
          </Button>
        )}
      </div>
    </form>
  )
}
