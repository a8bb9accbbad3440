import { IconEyeOff, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ChatMessage, ChatPerson } from '#contract/chat.ts'
import { type Named, piecesOf } from '#core/chat/mentions.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { paths } from '../../paths.ts'
import css from './chat.module.css'

export function MessageItem({ message, people }: { message: ChatMessage; people: ChatPerson[] }) {
  const me = useSignedIn()
  const isMine = message.author.id === me.id
  return (
    <li className={css.message} data-mine={isMine || undefined}>
      <div className={css.messageHead}>
        <b dir="auto">{message.author.name}</b>
        <time className={css.quiet}>{shortMoment(message.at)}</time>
      </div>
      <p className={css.text} dir="auto">
        <Words message={message} people={people} me={me.id} />
      </p>
      <About message={message} />
      {message.isMasked && (
        <p className={css.quiet}>
          <IconEyeOff size={14} aria-hidden /> {t('Personal data is covered for your role.')}
        </p>
      )}
    </li>
  )
}

function Words({ message, people, me }: { message: ChatMessage; people: ChatPerson[]; me: string }) {
  const pieces = piecesOf(message.text, people as unknown as Named[])
  return pieces.map(({ text, who }, place) =>
    who ? (
      // A text does not change, so neither does the order of its pieces.
      <b key={place} className={css.mention} data-me={who.some((id) => id === me) || undefined}>
        {text}
      </b>
    ) : (
      text
    ),
  )
}

function About({ message: { call, appeal, isAboutHidden } }: { message: ChatMessage }) {
  if (!call && !appeal && !isAboutHidden) return null
  return (
    <p className={css.about}>
      {call && <Link to={paths.call(call)}>{t('Open the call')}</Link>}
      {appeal && (
        <Link to={paths.appeal(appeal.id)}>{t('Appeal {{number}}', { number: appeal.number })}</Link>
      )}
      {isAboutHidden && (
        <span className={css.quiet}>
          <IconLock size={14} aria-hidden /> {t('About something that your role does not see.')}
        </span>
      )}
    </p>
  )
}
