import { Alert, Button, Checkbox, Radio } from '@mantine/core'
import { type FormEvent, useEffect, useRef } from 'react'
import type { CallerCard } from '#contract/calls.ts'
import { APPEAL_KINDS, type AppealKind } from '#core/appeals/appeal-kind.ts'
import { FILER_NAME_MAX_CHARACTERS } from '#core/appeals/filers.ts'
import { MOVE_FIELD_MAX_CHARACTERS } from '#core/appeals/move-fields.ts'
import { useCitizen, useRegisterAppeal } from '../../api.ts'
import { kindMeaning, kindText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { LimitedArea, LimitedInput } from '../../ui/LimitedText.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import { AppealTelephone } from './AppealTelephone.tsx'
import { appealToRegister, namedNumber } from './appeal-to-register.ts'
import css from './desk.module.css'
import type { AppealDraft, ChangeDraft, Draft } from './draft.ts'

export function AppealForm(props: {
  call: string
  caller: CallerCard | null
  draft: Draft
  appeal: AppealDraft
  change: ChangeDraft
}) {
  const { call, caller, draft, appeal, change } = props
  const register = useRegisterAppeal()
  const set = (part: Partial<AppealDraft>) => change({ appeal: { ...appeal, ...part } })
  const named = namedNumber(appeal, caller)
  const chosen = useCitizen(draft.citizen ?? '', draft.citizen !== null).data
  const candidate =
    draft.citizen === null ? undefined : caller?.candidates.find(({ id }) => id === draft.citizen)
  const chosenName = candidate?.name ?? chosen?.names.latin

  const form = useRef<HTMLFormElement>(null)
  // Nothing can be finished while the form is open, so the key is free for it.
  useShortcuts({ 'ctrl+Enter': () => form.current?.requestSubmit() })

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (named.isWrong) return
    register.mutate(appealToRegister({ call, caller, draft, appeal }), {
      onSuccess: ({ id, number, dueOn }) =>
        change({ appeal: null, registered: [...draft.registered, { id, number, dueOn }] }),
    })
  }

  return (
    <Surface title={t('New appeal')}>
      <form ref={form} onSubmit={submit} className={css.form}>
        <KindChoice kind={appeal.kind} choose={(kind) => set({ kind })} />
        <Checkbox
          label={t('The citizen does not say who he is')}
          description={t('It is written down; the law does not have it considered.')}
          checked={appeal.isAnonymous ?? false}
          onChange={({ currentTarget: { checked } }) => set({ isAnonymous: checked })}
        />
        {appeal.isAnonymous ? null : draft.citizen !== null ? (
          <p style={{ margin: 0 }}>
            {t('Citizen')}: <b>{chosenName}</b>
          </p>
        ) : (
          <LimitedInput
            label={t('Citizen’s full name')}
            description={
              caller && caller.candidates.length > 0
                ? t('Or choose who is calling in the caller’s card.')
                : undefined
            }
            required
            minLength={2}
            most={FILER_NAME_MAX_CHARACTERS}
            autoComplete="off"
            value={appeal.citizenName}
            onChange={(event) => set({ citizenName: event.currentTarget.value })}
          />
        )}
        {appeal.isAnonymous ? null : (
          <AppealTelephone named={named} change={(telephone) => set({ telephone })} />
        )}
        <LimitedArea
          label={t('Text of the appeal')}
          required
          autosize
          minRows={4}
          maxRows={14}
          most={MOVE_FIELD_MAX_CHARACTERS.text}
          value={appeal.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        {register.isError && (
          <Alert color="red" role="alert">
            {problemText(register.error)}
          </Alert>
        )}
        <div style={{ display: 'flex', gap: '0.5rem' }}>
          <ActionButton
            label={t('Register')}
            shortcut="Ctrl+Enter"
            isSubmit
            isBusy={register.isPending}
            // The form itself is sent by it.
            onPress={() => undefined}
          />
          <Button variant="default" onClick={() => change({ appeal: null })}>
            {t('Discard')}
          </Button>
        </div>
      </form>
    </Surface>
  )
}

function KindChoice({ kind, choose }: { kind: AppealKind | null; choose: (kind: AppealKind) => void }) {
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <Radio.Group label={t('Kind')} required value={kind} onChange={(value) => choose(value as AppealKind)}>
      {APPEAL_KINDS.map((one, place) => (
        <Radio
          key={one}
          ref={place === 0 ? first : null}
          value={one}
          required
          mt="xs"
          label={kindText(one)}
          description={kindMeaning(one)}
        />
      ))}
    </Radio.Group>
  )
}
