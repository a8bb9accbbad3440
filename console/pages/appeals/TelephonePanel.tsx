import { Button } from '@mantine/core'
import type { FormEvent } from 'react'
import { type AppealCard, TELEPHONE_MAX_CHARACTERS } from '#contract/appeals.ts'
import { mayMove } from '#core/appeals/move-rules.ts'
import { readMobileNumber } from '#core/portal/filing.ts'
import { followingTelephone, mayNameAnother } from '#core/portal/following.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import { useChangeTelephone } from '../../appeal-office-api.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './appeals.module.css'
import { FormFoot } from './FormFoot.tsx'

/** As it is typed. `was`: what it began from; upon anything newer nothing is saved. */
type TelephoneDraft = { was: AppealCard['telephone']; telephone: string }

/** Where the citizen is told of his appeal, and which telephone follows it. */
export function TelephonePanel({ appeal }: { appeal: AppealCard }) {
  const { role } = useSignedIn()
  const draft = useTypedDraft<TelephoneDraft | undefined>(`telephone.${appeal.id}`, undefined)
  const mayChange = mayMove(role, 'classify', appeal.track) && mayNameAnother(appeal)
  return (
    <Surface title={t('Telephone of the citizen')}>
      <p style={{ margin: 0 }}>{telephoneText(appeal)}</p>
      {mayChange && !draft.typed && (
        <Button size="xs" variant="default" mt="xs" onClick={() => draft.change(draftOf(appeal.telephone))}>
          {t('Name another telephone')}
        </Button>
      )}
      {draft.typed && (
        <TelephoneForm appeal={appeal} draft={draft.typed} type={draft.change} done={draft.forget} />
      )}
    </Surface>
  )
}

function telephoneText(appeal: AppealCard): string {
  if (appeal.telephone === null) return t('No SMS is sent: no telephone is named.')
  if (followingTelephone(appeal) === null)
    return t('No SMS is sent of a confidential report, unless its citizen filed it in the portal.')
  return t('Number and code went to {{number}}; whoever holds it follows the appeal.', {
    number: displayNumber(appeal.telephone),
  })
}

function draftOf(was: AppealCard['telephone']): TelephoneDraft {
  return { was, telephone: was === null ? '' : displayNumber(was) }
}

function TelephoneForm(props: {
  appeal: AppealCard
  draft: TelephoneDraft
  type: (draft: TelephoneDraft) => void
  done: () => void
}) {
  const { appeal, done, draft, type } = props
  const { telephone: typed, was } = draft
  const change = useChangeTelephone(appeal.id)
  const telephone = typed.trim() === '' ? null : readMobileNumber(typed)
  const problem =
    telephone === undefined ? t('Write a mobile number of Uzbekistan, such as +998 90 123 45 67.') : undefined

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (telephone !== undefined) change.mutate({ was, telephone }, { onSuccess: done })
  }

  return (
    <form className={css.form} onSubmit={submit} aria-label={t('Name another telephone')}>
      <LimitedInput
        type="tel"
        label={t('Telephone of the citizen')}
        description={t(
          'It gets number and a new code; the earlier code opens nothing any more. Empty: no SMS.',
        )}
        most={TELEPHONE_MAX_CHARACTERS}
        autoComplete="off"
        value={typed}
        error={problem}
        onChange={({ currentTarget: { value } }) => type({ ...draft, telephone: value })}
      />
      <FormFoot label={t('Save')} saving={change} whyNot={problem} cancel={done} />
    </form>
  )
}
