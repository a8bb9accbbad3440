import { Button, Modal } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type RecordingRequest, REFUSAL_MAX_CHARACTERS } from '#contract/portal.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'
import { paths } from '../../paths.ts'
import { useDecideRecording, useRecordingRequests } from '../../portal-api.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { LimitedArea } from '../../ui/LimitedText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { tooLong } from '../../ui/too-long.ts'

/** Citizens who want to hear their calls. A telephone is no proof of who spoke, so a person decides. */
export function RecordingRequestsPage() {
  const [refusing, setRefusing] = useState<RecordingRequest>()
  return (
    <Page title={t('Recordings asked for')}>
      <Surface>
        <Asked query={useRecordingRequests()}>
          {(rows) => (
            <Table
              caption={t('Recordings asked for')}
              columns={columns(setRefusing)}
              rows={rows}
              rowKey={({ id }) => id}
              empty={t('Nobody has asked for a recording.')}
            />
          )}
        </Asked>
      </Surface>
      {refusing && <Refusing asked={refusing} close={() => setRefusing(undefined)} />}
    </Page>
  )
}

function columns(refuse: (asked: RecordingRequest) => void): Column<RecordingRequest>[] {
  return [
    { header: t('Asked for'), isNumber: true, cell: ({ askedAt }) => shortMoment(askedAt) },
    {
      header: t('Call'),
      isNumber: true,
      cell: ({ call, arrivedAt }) => <Link to={paths.call(call)}>{shortMoment(arrivedAt)}</Link>,
    },
    { header: t('Number'), isNumber: true, cell: ({ number }) => number },
    { header: t('Citizen'), cell: ({ citizenName }) => citizenName ?? t('nobody was named') },
    {
      header: t('Decision'),
      cell: (asked) =>
        asked.status === 'asked' ? <Decision asked={asked} refuse={refuse} /> : decided(asked),
    },
  ]
}

function decided({ decidedByName, reason, status }: RecordingRequest): string {
  const word = status === 'granted' ? t('given out') : t('refused')
  return [word, reason, decidedByName].filter(Boolean).join(' · ')
}

type DecisionProps = { asked: RecordingRequest; refuse: (asked: RecordingRequest) => void }

function Decision({ asked, refuse }: DecisionProps) {
  const decide = useDecideRecording()
  const when = shortMoment(asked.arrivedAt)
  return (
    <>
      <Button
        size="xs"
        mr="xs"
        loading={decide.isPending}
        aria-label={t('Give out the recording of {{when}}', { when })}
        onClick={() => decide.mutate({ id: asked.id, granted: true, reason: '' }, { onError: showProblem })}
      >
        {t('Give out')}
      </Button>
      <Button
        size="xs"
        variant="default"
        aria-label={t('Refuse the recording of {{when}}', { when })}
        onClick={() => refuse(asked)}
      >
        {t('Refuse')}
      </Button>
    </>
  )
}

function Refusing({ asked, close }: { asked: RecordingRequest; close: () => void }) {
  const { typed: reason, change, forget } = useTypedDraft(`recording.${asked.id}.refusal`, '')
  const decide = useDecideRecording()
  const refused = () => {
    forget()
    close()
  }
  return (
    <Modal opened onClose={close} title={t('Refuse')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <LimitedArea
        label={t('Reason, which the citizen reads')}
        autosize
        minRows={3}
        most={REFUSAL_MAX_CHARACTERS}
        value={reason}
        data-autofocus
        onChange={(event) => change(event.currentTarget.value)}
      />
      <ActionButton
        mt="sm"
        label={t('Refuse')}
        isBusy={decide.isPending}
        whyDisabled={
          reason.trim() === '' ? t('Please fill this in.') : tooLong(reason, REFUSAL_MAX_CHARACTERS)
        }
        onPress={() =>
          decide.mutate(
            { id: asked.id, granted: false, reason },
            { onError: showProblem, onSuccess: refused },
          )
        }
      />
    </Modal>
  )
}
