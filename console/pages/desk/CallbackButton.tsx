import { Alert, Popover, Radio } from '@mantine/core'
import { IconPhoneCall } from '@tabler/icons-react'
import { useState } from 'react'
import type { CallbackOptions, PromiseCallback } from '#contract/callbacks.ts'
import { momentRefusal, type PromisedTo } from '#core/calls/promise-callback.ts'
import { tashkentMoment } from '#core/lib/time.ts'
import { Asked } from '../../Asked.tsx'
import { PromisedCalls } from '../../PromisedCalls.tsx'
import { momentRefusalText, promiseRefusalText } from '../../callback-words.ts'
import { useCallbackOptions, usePromiseCallback } from '../../desk-api.ts'
import { timeOfMinute } from '../../format.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { problemText } from '../../problem-text.ts'
import { serverNow } from '../../server-clock.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { focusFirst } from '../../ui/focus-first.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { MomentField } from '../../ui/DayField.tsx'
import css from './desk.module.css'
import { callbackDraftName } from './draft.ts'

const AT_ONCE = { to: 'queue' as PromisedTo, isLater: false, written: '' }

/** Promises whoever calls that he will be called: by the queue or by oneself, at once or at a moment. */
export function CallbackButton({ call }: { call: string }) {
  const [isOpen, open] = useState(false)
  const toggle = () => open(!isOpen)
  // With Alt also while the note is being typed. Escape too: what was pressed in it may have lost the focus.
  useShortcuts({ O: toggle, 'alt+O': toggle, Escape: isOpen ? toggle : undefined })
  return (
    <Popover opened={isOpen} onChange={open} trapFocus returnFocus position="bottom-start" width={420}>
      <Popover.Target>
        <ActionButton
          variant="default"
          icon={<IconPhoneCall size={18} />}
          label={t('Promise a callback')}
          shortcut="O"
          onPress={toggle}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Promise a callback')}>
        <Asked query={useCallbackOptions(call)}>
          {(options) => <PromisePanel call={call} options={options} />}
        </Asked>
      </Popover.Dropdown>
    </Popover>
  )
}

function PromisePanel({ call, options }: { call: string; options: CallbackOptions }) {
  const { typed, change, forget } = useTypedDraft(callbackDraftName(call), AT_ONCE)
  const { isLater, to, written } = typed
  const promise = usePromiseCallback(call)
  const at = isLater ? tashkentMoment(written) : null
  const asked: PromiseCallback = { to, at }
  const whyNot = whyNotPromised(options, at)
  return (
    <form
      ref={focusFirst}
      className={css.handOver}
      onSubmit={(event) => {
        event.preventDefault()
        if (whyNot === undefined) promise.mutate(asked, { onSuccess: forget })
      }}
    >
      <p style={{ margin: 0 }}>
        {t('The number of the call is called: {{number}}', { number: options.number || t('Number hidden') })}
      </p>
      <Radio.Group
        label={t('Who calls')}
        value={to}
        onChange={(value) => change({ ...typed, to: value as PromisedTo })}
      >
        <Radio mt="xs" value="queue" data-autofocus label={queueText(options)} />
        <Radio
          mt="xs"
          value="me"
          label={t('I do')}
          description={t('If you are not at your desk then, the queue does.')}
        />
      </Radio.Group>
      <Radio.Group
        label={t('When')}
        value={isLater ? 'later' : 'soon'}
        onChange={(value) => change({ ...typed, isLater: value === 'later' })}
      >
        <Radio
          mt="xs"
          value="soon"
          label={t('as soon as the call is over')}
          description={soonText(options)}
        />
        <Radio mt="xs" value="later" label={t('not before a moment')} description={hoursText(options)} />
      </Radio.Group>
      {isLater && (
        <MomentField
          label={t('Moment, by the clocks of Tashkent')}
          value={written}
          error={written !== '' && whyNot}
          change={(moment) => change({ ...typed, written: moment })}
        />
      )}
      {promise.isError && (
        <Alert color="red" role="alert">
          {problemText(promise.error)}
        </Alert>
      )}
      <div className={css.handOverButtons}>
        <ActionButton
          isSubmit
          label={t('Promise it')}
          whyDisabled={whyNot}
          isBusy={promise.isPending}
          // The form itself is sent by it.
          onPress={() => undefined}
        />
        <span role="status">{whyNot}</span>
      </div>
      {options.promised.length > 0 && <PromisedCalls callbacks={options.promised} />}
    </form>
  )
}

function whyNotPromised({ quiet, whyNot }: CallbackOptions, at: number | null): string | undefined {
  if (whyNot) return promiseRefusalText(whyNot)
  if (at === null) return undefined
  if (Number.isNaN(at)) return t('Please choose a day and a time.')
  const refused = momentRefusal(at, quiet, serverNow())
  return refused && momentRefusalText(refused)
}

function queueText({ queueNames }: CallbackOptions): string {
  return queueNames
    ? t('Whoever is free in the queue {{queue}}', { queue: inMyLanguage(queueNames) })
    : t('Whoever is free')
}

function soonText({ isQuietNow, quiet }: CallbackOptions): string | undefined {
  return isQuietNow
    ? t('Nobody is called now: it will be from {{time}}.', { time: timeOfMinute(quiet.toMinute) })
    : undefined
}

function hoursText({ quiet: { fromMinute, toMinute } }: CallbackOptions): string | undefined {
  if (fromMinute === toMinute) return undefined
  return t('Nobody is called from {{from}} to {{to}}.', {
    from: timeOfMinute(fromMinute),
    to: timeOfMinute(toMinute),
  })
}
