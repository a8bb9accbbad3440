import { Alert, Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { AppealCard, MoveAppeal, MoveDetails } from '#contract/appeals.ts'
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import { missingFields } from '#core/appeals/move-fields.ts'
import { executorsOf, ruleOf } from '#core/appeals/move-rules.ts'
import { useMoveAppeal } from '../../api.ts'
import { t } from '../../i18n.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './appeals.module.css'
import { MoveFieldInput } from './MoveFieldInput.tsx'
import { actionText, moveFieldText } from './move-words.ts'

/** What a move needs is asked for here; a lost answer and a second press send the same form, which moves once. */
export function MoveForm(props: { appeal: AppealCard; action: AppealAction; done: () => void }) {
  const { action, appeal, done } = props
  const move = useMoveAppeal(appeal.id)
  const [requestKey] = useState(() => crypto.randomUUID())
  const [details, setDetails] = useState<MoveDetails>(() => firstDetails(appeal, action))
  const [missing] = missingFields(action, details, appeal.kind)

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (missing) return
    const told = { ...details, executors: details.executors?.map((one) => one.trim()).filter(Boolean) }
    const asked = {
      requestKey,
      action: action as MoveAppeal['action'],
      version: appeal.version,
      details: told,
    }
    move.mutate(asked, { onSuccess: done })
  }

  return (
    <form className={css.form} onSubmit={submit} aria-label={actionText(action)}>
      {action === 'write' && (
        <div role="note">
          <b>{t('The citizen’s words')}</b>
          <p className={css.text}>{appeal.text}</p>
        </div>
      )}
      {ruleOf(action).needs.map((field) => (
        <MoveFieldInput
          key={field}
          field={field}
          details={details}
          change={(value) => setDetails({ ...details, [field]: value.length === 0 ? undefined : value })}
          appeal={appeal}
        />
      ))}
      {move.error && (
        <Alert color="red" role="alert">
          {problemText(move.error)}
        </Alert>
      )}
      <div className={css.moves}>
        <ActionButton
          label={actionText(action)}
          isSubmit
          isBusy={move.isPending}
          whyDisabled={missing && t('Still needed: {{field}}', { field: moveFieldText(missing) })}
          onPress={() => undefined}
        />
        <Button variant="default" onClick={done}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  )
}

/** What is known already stands in the form. */
function firstDetails(
  { kind, topic, text, editedText, moves }: AppealCard,
  action: AppealAction,
): MoveDetails {
  if (action === 'assign') return { executors: [...executorsOf(moves)] }
  if (action === 'classify') return { kind, ...(topic && { topic }) }
  return action === 'write' ? { text: editedText ?? text } : {}
}
