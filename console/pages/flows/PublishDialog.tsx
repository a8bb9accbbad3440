import { Modal, Radio, Stack } from '@mantine/core'
import type { Flow } from '#core/ivr/flow.ts'
import { judgeDate } from '#core/ivr/flow-status.ts'
import { tashkentMoment } from '#core/lib/time.ts'
import { t } from '../../i18n.ts'
import { serverNow } from '../../server-clock.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { MomentField } from '../../ui/DayField.tsx'
import { ChangeList } from './ChangeList.tsx'
import css from './editor.module.css'
import { FlowRefusal } from './FlowRefusal.tsx'

const NOW = { when: 'now' as 'now' | 'later', written: '' }

/** Before a version is published: what is different for callers, and from when. */
export function PublishDialog(props: {
  flow: string
  version: number
  title: string
  /** What calls walk now; nothing where nothing is published. */
  now: Flow | undefined
  next: Flow
  /** Then no other is scheduled beside it. */
  hasScheduled: boolean
  isBusy: boolean
  error: unknown
  close: () => void
  publish: (from: number | null, done: () => void) => void
}) {
  const { close, error, flow, hasScheduled, isBusy, next, now, publish, title, version } = props
  const { typed, change, forget } = useTypedDraft(`flow-publish.${flow}.${version}`, NOW)
  const { when, written } = typed
  const done = () => {
    forget()
    close()
  }
  const from = when === 'now' ? null : tashkentMoment(written)
  const problem = from === null ? undefined : dateProblem(from)
  return (
    <Modal.Root opened onClose={done} size="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Stack>
            <Modal.Title>{title}</Modal.Title>
            <h3 className={css.small}>{t('What is different for callers')}</h3>
            <div className={css.compared}>{now && <ChangeList before={now} after={next} />}</div>
            <Radio.Group
              label={t('Calls walk it')}
              value={when}
              onChange={(value) => change({ ...typed, when: value === 'later' ? 'later' : 'now' })}
            >
              <Radio mt="xs" value="now" label={t('from now on')} />
              <Radio
                mt="xs"
                value="later"
                label={t('from a moment on')}
                disabled={hasScheduled}
                description={hasScheduled && t('Another version is scheduled; take it back first.')}
              />
            </Radio.Group>
            {when === 'later' && (
              <MomentField
                label={t('Moment, by the clocks of Tashkent')}
                value={written}
                error={written !== '' && problem}
                change={(moment) => change({ ...typed, written: moment })}
              />
            )}
            <p className={css.quiet}>
              {t('Callers who are in the menu at that moment end in what they began.')}
            </p>
            <FlowRefusal error={error} />
            <div className={css.actions}>
              <ActionButton
                label={when === 'now' ? t('Publish now') : t('Publish from that moment on')}
                isBusy={isBusy}
                whyDisabled={problem}
                onPress={() => publish(from, done)}
              />
              <ActionButton label={t('Cancel')} variant="default" onPress={done} />
            </div>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function dateProblem(from: number): string | undefined {
  if (Number.isNaN(from)) return t('Please choose a day and a time.')
  switch (judgeDate(from, serverNow())) {
    case 'past':
      return t('This moment has passed.')
    case 'tooFar':
      return t('This is more than a year ahead.')
    case 'possible':
      return undefined
  }
}
