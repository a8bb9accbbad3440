import { Alert, Popover } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useState } from 'react'
import type { CallMessages } from '#contract/messages.ts'
import { Asked } from '../../Asked.tsx'
import { callLanguageText } from '../../call-words.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { useCallMessages, useSendReadyMessage } from '../../message-api.ts'
import { readyRefusalText } from '../../message-words.ts'
import { problemText } from '../../problem-text.ts'
import { SentMessages } from '../../SentMessages.tsx'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { focusFirst } from '../../ui/focus-first.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'

/** A message to the number that calls, of those an administrator has written: seen before it goes, and sent once. */
export function SmsButton({ call }: { call: string }) {
  const [isOpen, open] = useState(false)
  const toggle = () => open(!isOpen)
  // With Alt also while the note is being typed. Escape too: what was pressed in it may have lost the focus.
  useShortcuts({ L: toggle, 'alt+L': toggle, Escape: isOpen ? toggle : undefined })
  return (
    <Popover opened={isOpen} onChange={open} trapFocus returnFocus position="bottom-start" width={420}>
      <Popover.Target>
        <ActionButton
          variant="default"
          icon={<IconMessage size={18} />}
          label={t('SMS link')}
          shortcut="L"
          onPress={toggle}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('SMS link')}>
        <Asked query={useCallMessages(call)}>{(now) => <SmsPanel call={call} now={now} />}</Asked>
      </Popover.Dropdown>
    </Popover>
  )
}

type Offered = CallMessages['offered'][number]

function SmsPanel({ call, now }: { call: string; now: CallMessages }) {
  const [code, choose] = useState<string>()
  const send = useSendReadyMessage(call)
  const chosen = now.offered.find((one) => one.code === code)
  const whyNot = whyNotSent(now, chosen)
  const submit = () => {
    if (whyNot !== undefined || !chosen?.written) return
    send.mutate({ code: chosen.code, text: chosen.written.text })
  }
  return (
    <form
      ref={focusFirst}
      className={css.handOver}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <p style={{ margin: 0 }}>
        {t('To {{number}}, in the language of the call: {{language}}', {
          number: now.number || t('Number hidden'),
          language: callLanguageText(now.language),
        })}
      </p>
      <fieldset className={css.targets} aria-label={t('Which message')}>
        {now.offered.map((one, place) => (
          <Choice key={one.code} one={one} isFirst={place === 0} isChosen={one === chosen} choose={choose} />
        ))}
        {now.offered.length === 0 && <p>{t('An administrator has written no message yet.')}</p>}
      </fieldset>
      {chosen?.written && <Preview written={chosen.written} language={now.language} />}
      {send.isError && (
        <Alert color="red" role="alert">
          {problemText(send.error)}
        </Alert>
      )}
      <div className={css.handOverButtons}>
        <ActionButton
          isSubmit
          label={t('Send')}
          whyDisabled={whyNot}
          isBusy={send.isPending}
          // The form itself is sent by it.
          onPress={() => undefined}
        />
        <span role="status">{whyNot}</span>
      </div>
      {now.sent.length > 0 && <SentMessages messages={now.sent} />}
    </form>
  )
}

function Choice(props: {
  one: Offered
  isFirst: boolean
  isChosen: boolean
  choose: (code: string) => void
}) {
  const { choose, isChosen, isFirst, one } = props
  return (
    <label className={css.target}>
      <input
        type="radio"
        name="message"
        data-autofocus={isFirst || undefined}
        checked={isChosen}
        onChange={() => choose(one.code)}
      />
      <span className={css.targetName}>{inMyLanguage(one.names)}</span>
      <span className={css.targetNote}>{one.wasSent ? t('sent in this call') : ''}</span>
    </label>
  )
}

function Preview({ written, language }: { written: NonNullable<Offered['written']>; language: string }) {
  return (
    <div>
      <q lang={language} className={css.sms}>
        {written.text}
      </q>
      <p style={{ margin: 0 }}>
        {t('SMS parts: {{parts}}', { parts: written.parts })} ·{' '}
        {t('characters: {{count}}', { count: [...written.text].length })}
      </p>
    </div>
  )
}

function whyNotSent({ whyNot }: CallMessages, chosen: Offered | undefined): string | undefined {
  if (whyNot) return readyRefusalText(whyNot)
  if (!chosen) return t('Choose a message first')
  if (chosen.wasSent) return t('It was sent in this call already.')
  return chosen.written ? undefined : t('Nobody has said where the portal is.')
}
