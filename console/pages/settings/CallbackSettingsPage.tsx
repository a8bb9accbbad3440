import { Checkbox } from '@mantine/core'
import type { CallbackSettings } from '#contract/callbacks.ts'
import type { QueueRow } from '#contract/queues.ts'
import {
  CALLBACK_RANGES,
  type CallbackLimit,
  type CallbackSettings as Rules,
  checkCallbackSettings,
} from '#core/calls/callback-settings.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { useQueues } from '../../queue-api.ts'
import { useCallbackSettings, useSaveCallbackSettings } from '../../set-up-api.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { WholeNumber } from '../../ui/WholeNumber.tsx'
import { problemAt, RowProblems } from './RowProblems.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import { MinuteField } from '../../ui/DayField.tsx'
import css from './settings.module.css'
import { useSettingForm } from './use-setting-form.ts'

const LIMITS = Object.keys(CALLBACK_RANGES) as CallbackLimit[]

/** When citizens are called back, how often, and from which queues. */
export function CallbackSettingsPage() {
  return (
    <Page title={t('Calling citizens back')}>
      <Asked query={useCallbackSettings()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

function Editor({ settings: { changedAt, rules } }: { settings: CallbackSettings }) {
  const form = useSettingForm<CallbackSettings['rules']>('callbacks', { changedAt, value: rules })
  const save = useSaveCallbackSettings()
  const problems = checkCallbackSettings(form.value)
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, rules: form.value },
      { onSuccess: (saved) => form.adopt({ changedAt: saved.changedAt, value: saved.rules }) },
    )
  const { queuesWithout } = form.value
  return (
    <div className={css.page}>
      <Surface title={t('When nobody is called')}>
        <QuietHours
          // What was typed goes with what it was typed into.
          key={form.filling}
          quiet={form.value.quiet}
          change={(quiet) => form.change({ quiet })}
        />
        <RowProblems problems={problems.filter(({ row }) => row === 'quiet')} />
      </Surface>
      <Surface title={t('How often, and how long')}>
        <div className={css.fields}>
          {LIMITS.map((field) => (
            <WholeNumber
              key={field}
              label={limitText(field)}
              range={CALLBACK_RANGES[field]}
              value={form.value[field]}
              problem={problemAt(problems, 'limits', field)}
              change={(value) => form.change({ [field]: value })}
            />
          ))}
        </div>
      </Surface>
      <Surface title={t('Who is offered it')}>
        <Asked query={useQueues()}>
          {(queues) => (
            <QueueChoice
              queues={queues}
              without={queuesWithout}
              change={(changed) => form.change({ queuesWithout: changed })}
            />
          )}
        </Asked>
      </Surface>
      <SaveSetting form={form} problems={problems.length} save={save} press={press} />
    </div>
  )
}

function QuietHours({ quiet, change }: { quiet: Rules['quiet']; change: (quiet: Rules['quiet']) => void }) {
  return (
    <>
      <div className={css.actions}>
        <MinuteField
          label={t('from')}
          minute={quiet.fromMinute}
          change={(fromMinute) => change({ ...quiet, fromMinute })}
        />
        <MinuteField
          label={t('to')}
          minute={quiet.toMinute}
          change={(toMinute) => change({ ...quiet, toMinute })}
        />
      </div>
      <p className={css.quiet}>
        {t('By the clocks of Tashkent. The same time twice: citizens are called day and night.')}
      </p>
    </>
  )
}

/** What was set for a queue that is retired stays: it may be opened again. */
function QueueChoice(props: {
  queues: readonly QueueRow[]
  without: readonly QueueId[]
  change: (without: QueueId[]) => void
}) {
  const { change, queues, without } = props
  const toggle = (queue: QueueId) =>
    change(without.includes(queue) ? without.filter((one) => one !== queue) : [...without, queue])
  return (
    <Checkbox.Group
      label={t('Who waits in these queues may choose to be called back')}
      value={queues.map(({ queue }) => queue).filter((queue) => !without.includes(queue))}
    >
      <div className={css.choices}>
        {queues.map(({ queue, names }) => (
          <Checkbox key={queue} value={queue} label={inMyLanguage(names)} onChange={() => toggle(queue)} />
        ))}
      </div>
    </Checkbox.Group>
  )
}

function limitText(field: CallbackLimit): string {
  switch (field) {
    case 'firstAfterSeconds':
      return t('First called after, seconds')
    case 'attemptsMax':
      return t('Tries')
    case 'retryAfterMinutes':
      return t('Called again after, minutes')
    case 'expiresAfterHours':
      return t('A promise holds, hours')
    case 'aNumberADayMax':
      return t('Promises to one number a day')
  }
}
