import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconX } from '@tabler/icons-react'
import { useChatRooms } from '../../chat-api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { liveIsLost } from '../../live.ts'
import { useSignedIn } from '../../me.ts'
import { useStore } from '../../store.ts'
import css from './chat.module.css'
import { changeChatPlace, chatPlace } from './chat-place.ts'
import { roomTitle } from './chat-words.ts'
import { RoomList } from './RoomList.tsx'
import { RoomView } from './RoomView.tsx'

/** The chat itself: the rooms, or one of them. */
export function ChatPanel({ isRinging }: { isRinging: boolean }) {
  const me = useSignedIn()
  const query = useChatRooms()
  const place = useStore(chatPlace)
  const isLost = useStore(liveIsLost)
  const room = query.data?.find(({ id }) => id === place.room)
  return (
    <aside
      className={css.panel}
      aria-label={t('Team chat')}
      data-ringing={isRinging || undefined}
      data-lost={isLost || undefined}
    >
      <header className={css.head}>
        {room && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('All rooms')}
            onClick={() => changeChatPlace({ room: undefined })}
          >
            <IconArrowLeft size={18} />
          </ActionIcon>
        )}
        <h2 dir="auto">{room ? roomTitle(room, me.id) : t('Team chat')}</h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('Close the chat')}
          onClick={() => changeChatPlace({ isOpen: false })}
        >
          <IconX size={18} />
        </ActionIcon>
      </header>
      <Asked query={query}>
        {(rooms) => (room ? <RoomView key={room.id} room={room} /> : <RoomList rooms={rooms} />)}
      </Asked>
    </aside>
  )
}
