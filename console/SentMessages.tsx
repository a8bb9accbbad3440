import type { CallMessage } from '#contract/messages.ts'
import { timeOfDay } from '#core/text/uzbek-dates.ts'
import { t } from './i18n.ts'
import { messageStatusText, messageStatusTone } from './message-words.ts'
import { Tone } from './ui/Tone.tsx'

/** What went to the number of a call, and how it stands. */
export function SentMessages({ messages }: { messages: readonly CallMessage[] }) {
  return (
    <ul style={{ margin: 0, paddingInlineStart: '1.1rem', overflowWrap: 'anywhere' }}>
      {messages.map(({ id, byName, parts, sentAt, status, text }) => (
        <li key={id}>
          {timeOfDay(sentAt)} · {byName} ·{' '}
          <Tone tone={messageStatusTone(status)}>{messageStatusText(status)}</Tone>
          {parts !== null && ` · ${t('SMS parts: {{parts}}', { parts })}`}
          <br />
          <q>{text}</q>
        </li>
      ))}
    </ul>
  )
}
