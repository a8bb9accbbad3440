import { ActionIcon, Button } from '@mantine/core'
import { IconPhone, IconSend } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { ChatPerson } from '#contract/chat.ts'
import { MENTION_SIGN } from '#core/chat/mentions.ts'
import { MESSAGE_MAX_CHARACTERS } from '#core/chat/rooms.ts'
import { useDesk } from '../../desk-api.ts'
import { useSendMessage } from '../../chat-api.ts'
import { t } from '../../i18n.ts'
import { useMay, useSignedIn } from '../../me.ts'
import { problemText } from '../../problem-text.ts'
import { useStore } from '../../store.ts'
import { LimitedArea } from '../../ui/LimitedText.tsx'
import { tooLong } from '../../ui/too-long.ts'
import { AboutChip } from './AboutChip.tsx'
import css from './chat.module.css'
import { changeChatPlace, chatPlace } from './chat-place.ts'
import { calledIn, completed, matching } from './mention-typing.ts'
import { useMessageDraft } from './message-draft.ts'

/** What is written stays until the server has it: a message that could not be sent is still there to be sent. */
export function Composer({ room, people }: { room: string; people: ChatPerson[] }) {
  const [draft, write, clear] = useMessageDraft(room)
  const { about } = useStore(chatPlace)
  const send = useSendMessage(room)
  const whyNot = tooLong(draft.text, MESSAGE_MAX_CHARACTERS)
  const submit = () => {
    if (send.isPending || whyNot || (draft.text.trim() === '' && !about)) return
    const call = about && 'call' in about ? about.call : null
    const appeal = about && 'appeal' in about ? about.appeal.id : null
    send.mutate(
      { ...draft, call, appeal },
      {
        onSuccess: () => {
          clear()
          changeChatPlace({ about: undefined })
        },
      },
    )
  }
  return (
    <div className={css.composer}>
      {about ? <AboutChip about={about} /> : <LinkMyCall />}
      {send.isError && (
        <p role="alert" className={css.problem}>
          {problemText(send.error)}
        </p>
      )}
      <div className={css.writing}>
        <TextWithNames text={draft.text} write={write} people={people} submit={submit} />
        <ActionIcon
          size="lg"
          aria-label={t('Send')}
          title={whyNot}
          aria-disabled={whyNot !== undefined}
          {...(whyNot && { 'data-disabled': true })}
          loading={send.isPending}
          onClick={submit}
        >
          <IconSend size={18} />
        </ActionIcon>
      </div>
    </div>
  )
}

function LinkMyCall() {
  const call = useDesk(useMay('takeCalls')).data?.call?.id
  if (!call) return null
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconPhone size={14} />}
      onClick={() => changeChatPlace({ about: { call } })}
    >
      {t('Link my call')}
    </Button>
  )
}

/** Shift and Enter begin a line; Ctrl and Enter finish a call, and send nothing. */
const isWithOthers = (event: KeyboardEvent) =>
  event.shiftKey || event.ctrlKey || event.altKey || event.metaKey

/** Enter sends, Shift and Enter begin a line; a name after @ is chosen from a list. */
function TextWithNames(props: {
  text: string
  write: (text: string) => void
  people: ChatPerson[]
  submit: () => void
}) {
  const { text, write, submit } = props
  const me = useSignedIn()
  const area = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(text.length)
  const [chosen, choose] = useState(0)
  const called = calledIn(text.slice(0, caret))
  const found =
    called === undefined
      ? []
      : matching(
          called,
          props.people.filter(({ id }) => id !== me.id),
        )
  const take = (name: string) => {
    const next = completed(text, caret, name)
    write(next.text)
    setCaret(next.caret)
    area.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const one = found[Math.min(chosen, found.length - 1)]
    if (one && (event.key === 'Enter' || event.key === 'Tab')) take(one.name)
    else if (one && event.key === 'ArrowDown') choose((chosen + 1) % found.length)
    else if (one && event.key === 'ArrowUp') choose((chosen + found.length - 1) % found.length)
    else if (event.key === 'Enter' && !isWithOthers(event)) submit()
    else return
    event.preventDefault()
  }
  return (
    <div className={css.area}>
      {found.length > 0 && (
        <div className={css.names} role="listbox" id="chat-names" aria-label={t('Whom do you mean?')}>
          {found.map(({ id, name }, place) => (
            <div
              key={id}
              id={`chat-name-${place}`}
              role="option"
              aria-selected={place === chosen}
              onPointerDown={(event) => {
                event.preventDefault()
                take(name)
              }}
            >
              {name}
            </div>
          ))}
        </div>
      )}
      <LimitedArea
        ref={area}
        aria-label={t('Message')}
        placeholder={t('Message; {{sign}} calls somebody by name', { sign: MENTION_SIGN })}
        autosize
        minRows={1}
        maxRows={6}
        most={MESSAGE_MAX_CHARACTERS}
        value={text}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? 'chat-names' : undefined}
        aria-activedescendant={
          found.length > 0 ? `chat-name-${Math.min(chosen, found.length - 1)}` : undefined
        }
        onKeyDown={onKeyDown}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onChange={(event) => {
          write(event.currentTarget.value)
          setCaret(event.currentTarget.selectionStart)
          choose(0)
        }}
      />
    </div>
  )
}
