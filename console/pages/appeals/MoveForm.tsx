import { Alert } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { AppealCard, MoveAppeal, MoveDetails } from '#contract/appeals.ts'
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import { fieldTooLong, missingFields } from '#core/appeals/move-fields.ts'
import { executorsOf, ruleOf } from '#core/appeals/move-rules.ts'
import { useMoveAppeal } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './appeals.module.css'
import { FormFoot } from './FormFoot.tsx'
import { MoveFieldInput } from './MoveFieldInput.tsx'
import { actionText, moveFieldText } from './move-words.ts'
import { SignDecision } from './SignDecision.tsx'
import { isSignatureProblem, useSignature } from './use-signature.ts'

/**
 * What a move needs is asked for here; a lost answer and a second press send the same form, which moves once. What is
 * typed outlives a reload and somebody else's move: then whoever typed it looks first.
 */
export function MoveForm(props: { appeal: AppealCard; action: AppealAction; done: () => void }) {
  const { action, appeal, done } = props
  const move = useMoveAppeal(appeal.id)
  const [requestKey] = useState(() => crypto.randomUUID())
  const draft = useTypedDraft<{ version: number; details: MoveDetails }>(`appeal.${appeal.id}.${action}`, {
    version: appeal.version,
    details: firstDetails(appeal, action),
  })
  const { details, version } = draft.typed
  const isOvertaken = version !== appeal.version && !move.isPending
  const [missing] = missingFields(action, details, appeal.kind)
  const signature = useSignature(appeal, action, details)
  const whyNot = isOvertaken
    ? t('First choose what to do with what was saved meanwhile.')
    : missing
      ? t('Still needed: {{field}}', { field: moveFieldText(missing) })
      : fieldTooLong(details) && t('First put right what is marked.')

  function leave(): void {
    draft.forget()
    signature.forget()
    done()
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (whyNot || signature.whyNotYet) return
    const told = { ...details, executors: details.executors?.map((one) => one.trim()).filter(Boolean) }
    const asked = {
      requestKey,
      action: action as MoveAppeal['action'],
      version,
      details: told,
    }
    // Of something else, or gone with another decision: it has to be given anew.
    const onError = (error: unknown) => isSignatureProblem(error) && signature.forget()
    move.mutate(asked, { onSuccess: leave, onError })
  }

  return (
    <form className={css.form} onSubmit={submit} aria-label={actionText(action)}>
      {action === 'write' && (
        <div role="note">
          <b>{t('The citizen’s words')}</b>
          <p className={css.text}>{appeal.text}</p>
          {isOvertaken && appeal.editedText && (
            <>
              <b>{t('The text as it stands')}</b>
              <p className={css.text}>{appeal.editedText}</p>
            </>
          )}
        </div>
      )}
      {ruleOf(action).needs.map((field) => (
        <MoveFieldInput
          key={field}
          action={action}
          field={field}
          details={details}
          change={(value) =>
            draft.change({
              version,
              details: { ...details, [field]: value.length === 0 ? undefined : value },
            })
          }
          appeal={appeal}
        />
      ))}
      {action === 'extend' && (
        <p className={css.told}>{t('The citizen reads the reason and the new day.')}</p>
      )}
      {action === 'disclose' && (
        <p className={css.told}>{t('From then on everybody who reads appeals reads this one.')}</p>
      )}
      {isOvertaken && (
        <OvertakenMove
          keep={() => draft.change({ version: appeal.version, details })}
          drop={() => draft.forget()}
        />
      )}
      <SignDecision signature={signature} whyNot={whyNot} />
      <FormFoot
        label={actionText(action)}
        saving={move}
        whyNot={whyNot ?? signature.whyNotYet}
        cancel={leave}
      />
    </form>
  )
}

function OvertakenMove({ drop, keep }: { keep: () => void; drop: () => void }) {
  return (
    <Alert color="yellow" role="alert">
      <p>{t('The appeal was changed meanwhile. What you typed is kept.')}</p>
      <div className={css.moves}>
        <ActionButton label={t('Go on with mine')} variant="default" size="xs" onPress={keep} />
        <ActionButton label={t('Drop mine')} variant="default" size="xs" onPress={drop} />
      </div>
    </Alert>
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
