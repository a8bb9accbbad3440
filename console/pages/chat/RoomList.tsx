import { Select } from '@mantine/core'
import type { ChatRoom } from '#contract/chat.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { useChatPeople, useOpenRoom } from '../../chat-api.ts'
import { t } from '../../i18n.ts'
import { useMay, useSignedIn } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { useStore } from '../../store.ts'
import { AboutChip } from './AboutChip.tsx'
import css from './chat.module.css'
import { changeChatPlace, chatPlace } from './chat-place.ts'
import { roomTitle, unreadText } from './chat-words.ts'
import { NewRoom } from './NewRoom.tsx'

export function RoomList({ rooms }: { rooms: ChatRoom[] }) {
  const mayOpenRooms = useMay('openChatRooms')
  const { about } = useStore(chatPlace)
  return (
    <div className={css.rooms}>
      {about && (
        <p className={css.quiet}>
          {t('Choose to whom:')} <AboutChip about={about} />
        </p>
      )}
      <WriteTo />
      <ul className={css.list}>
        {rooms.map((room) => (
          <li key={room.id}>
            <RoomButton room={room} />
          </li>
        ))}
      </ul>
      {mayOpenRooms && <NewRoom />}
    </div>
  )
}

function RoomButton({ room }: { room: ChatRoom }) {
  const me = useSignedIn()
  const { last, unread, isMentioned } = room
  return (
    <button type="button" className={css.room} onClick={() => changeChatPlace({ room: room.id })}>
      <span className={css.roomTitle} dir="auto">
        {roomTitle(room, me.id)}
      </span>
      {unread > 0 && (
        <span className={css.badge} data-unread data-mentioned={isMentioned || undefined}>
          <span aria-hidden>{unreadText(unread)}</span>
          <span className={css.hidden}>{t('unread: {{count}}', { count: unread })}</span>
        </span>
      )}
      {last && (
        <span className={css.excerpt}>
          <bdi>{last.authorName}</bdi>: <bdi>{last.text}</bdi>
        </span>
      )}
      {last && <time className={css.quiet}>{shortMoment(last.at)}</time>}
    </button>
  )
}

function WriteTo() {
  const me = useSignedIn()
  const people = useChatPeople().data ?? []
  const open = useOpenRoom()
  return (
    <Select
      searchable
      aria-label={t('Write to')}
      placeholder={t('Write to a colleague')}
      nothingFoundMessage={t('Nothing found')}
      data={people.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: id, label: name }))}
      value={null}
      onChange={(id) => {
        if (id === null) return
        open.mutate(
          { with: id },
          { onSuccess: (room) => changeChatPlace({ room: room.id }), onError: showProblem },
        )
      }}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}
