import { Alert, Button, Modal } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type AppealsExport, EXPORT_REASON_CHARACTERS } from '#contract/appeal-office.ts'
import type { AppealsAsked } from '../../api.ts'
import { useExport } from '../../appeal-office-api.ts'
import { t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'
import { problemText } from '../../problem-text.ts'
import { type TypedDraft, useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import { useTopicNames } from '../../use-topic-names.ts'
import css from './appeals.module.css'
import { saveSheet } from './export-sheet.ts'

/** Why a list leaves the system is asked first: it is written down, and stands on each line of the file. */
export function ExportForm({ asked, ids }: { asked: AppealsAsked; ids: readonly string[] }) {
  const [isOpen, setOpen] = useState(false)
  const reason = useTypedDraft('export.reason', '')
  const close = () => {
    reason.forget()
    setOpen(false)
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {ids.length > 0 ? t('Export the chosen…') : t('Export the list…')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('Export appeals')}
        closeButtonProps={{ 'aria-label': t('Cancel') }}
        transitionProps={{ duration: 0 }}
      >
        <Reason asked={asked} ids={ids} draft={reason} done={close} />
      </Modal>
    </>
  )
}

function Reason(props: {
  asked: AppealsAsked
  ids: readonly string[]
  draft: TypedDraft<string>
  done: () => void
}) {
  const { asked, done, draft, ids } = props
  const reason = draft.typed
  const taking = useExport()
  const topicName = useTopicNames()
  const isTooShort = reason.trim().length < EXPORT_REASON_CHARACTERS.min

  async function save(taken: AppealsExport): Promise<void> {
    try {
      await saveSheet(taken, topicName)
      done()
    } catch (error) {
      showProblem(error)
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isTooShort) return
    const { search, ...chosen } = asked
    taking.mutate(
      {
        reason,
        chosen: { ...chosen, ...(search !== '' && { search }) },
        ...(ids.length > 0 && { ids: [...ids] }),
      },
      { onSuccess: (taken) => void save(taken) },
    )
  }

  return (
    <form onSubmit={submit} className={css.form} aria-label={t('Export appeals')}>
      <p style={{ margin: 0 }}>
        {t('Who took it, when and why stands on each line of the file, and is kept for the audit.')}
      </p>
      <LimitedInput
        label={t('Reason')}
        data-autofocus
        value={reason}
        most={EXPORT_REASON_CHARACTERS.max}
        onChange={({ currentTarget: { value } }) => draft.change(value)}
      />
      {taking.error && (
        <Alert color="red" role="alert">
          {problemText(taking.error)}
        </Alert>
      )}
      <ActionButton
        label={t('Export')}
        isSubmit
        isBusy={taking.isPending}
        whyDisabled={isTooShort ? t('Say why the list is taken out.') : undefined}
        onPress={() => undefined}
      />
    </form>
  )
}
