import { Button } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useChatRooms } from '../../chat-api.ts'
import { t } from '../../i18n.ts'
import { useStore } from '../../store.ts'
import { Key } from '../../ui/Key.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './chat.module.css'
import { changeChatPlace, chatPlace } from './chat-place.ts'
import { unreadText } from './chat-words.ts'

/** Opens and closes the chat. It says how much is unread, and is silent: nothing rings, nothing jumps up. */
export function ChatButton() {
  const rooms = useChatRooms().data ?? []
  const { isOpen } = useStore(chatPlace)
  const toggle = () => changeChatPlace({ isOpen: !isOpen })
  useShortcuts({ F8: toggle })
  const unread = rooms.reduce((sum, room) => sum + room.unread, 0)
  return (
    <Button
      variant={isOpen ? 'light' : 'subtle'}
      color="gray"
      c="var(--mantine-color-text)"
      px="xs"
      aria-expanded={isOpen}
      aria-keyshortcuts="F8"
      leftSection={<IconMessages size={20} />}
      rightSection={<Key>F8</Key>}
      onClick={toggle}
    >
      <span className={css.hidden}>
        {unread > 0 ? `${t('Team chat')}, ${t('unread: {{count}}', { count: unread })}` : t('Team chat')}
      </span>
      {/* Its place is kept, so that nothing beside it moves when a message comes. */}
      <span
        aria-hidden
        className={css.badge}
        data-unread={unread > 0 || undefined}
        data-mentioned={rooms.some((room) => room.isMentioned) || undefined}
      >
        {unread > 0 && unreadText(unread)}
      </span>
    </Button>
  )
}
