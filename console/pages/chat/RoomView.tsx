import { Button } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { ChatMessage, ChatRoom } from '#contract/chat.ts'
import { useChatMessages, useChatPeople, useReadUpTo } from '../../chat-api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import css from './chat.module.css'
import { Composer } from './Composer.tsx'
import { MessageItem } from './MessageItem.tsx'

/** So near to the end one is reading it. */
const AT_END_PX = 60

export function RoomView({ room }: { room: ChatRoom }) {
  const query = useChatMessages(room.id)
  const people = useChatPeople().data ?? []
  const those = room.kind === 'open' ? people : room.members
  return (
    <div className={css.roomView}>
      <Asked query={query}>
        {({ pages }) => (
          <Messages
            room={room}
            messages={pages.toReversed().flat()}
            people={those}
            earlier={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          />
        )}
      </Asked>
      <Composer room={room.id} people={those} />
    </div>
  )
}

function Messages(props: {
  room: ChatRoom
  messages: ChatMessage[]
  people: ChatRoom['members']
  earlier: (() => void) | undefined
}) {
  const { room, messages, people, earlier } = props
  const box = useStaysAtEnd(messages)
  useReading(room, messages.at(-1)?.id)
  return (
    // The list scrolls by keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Else it could not be scrolled by keyboard.
    <div className={css.scroll} ref={box} tabIndex={0} role="region" aria-label={t('Messages')}>
      {earlier && (
        <Button size="compact-sm" variant="subtle" onClick={earlier}>
          {t('Earlier messages')}
        </Button>
      )}
      {messages.length === 0 && <p className={css.quiet}>{t('Nothing was said here yet.')}</p>}
      <ol className={css.list}>
        {messages.map((message) => (
          <MessageItem key={message.id} message={message} people={people} />
        ))}
      </ol>
    </div>
  )
}

/** Whoever reads the end goes on reading it; whoever reads what was earlier stays there. */
function useStaysAtEnd(messages: readonly ChatMessage[]) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef({ first: 0, height: 0, isAtEnd: true })
  const [first, last] = [messages[0]?.id ?? 0, messages.at(-1)?.id ?? 0]
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const was = before.current
    if (was.isAtEnd) element.scrollTop = element.scrollHeight
    else if (first !== was.first) element.scrollTop += element.scrollHeight - was.height
    before.current = { ...was, first, height: element.scrollHeight }
  }, [first, last])
  useEffect(() => {
    const element = box.current
    const look = () => {
      if (!element) return
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX
      before.current = { ...before.current, isAtEnd }
    }
    element?.addEventListener('scroll', look, { passive: true })
    return () => element?.removeEventListener('scroll', look)
  }, [])
  return box
}

/** What stands on a screen that somebody looks at is read. */
function useReading({ id, readUpTo, unread }: ChatRoom, last: number | undefined): void {
  const { mutate } = useReadUpTo()
  useEffect(() => {
    if (last === undefined || (last <= readUpTo && unread === 0)) return
    const read = () => {
      if (document.visibilityState === 'visible') mutate({ room: id, message: last })
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [id, last, mutate, readUpTo, unread])
}
