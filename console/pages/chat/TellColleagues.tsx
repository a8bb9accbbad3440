import { Button } from '@mantine/core'
import { IconMessageShare } from '@tabler/icons-react'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { type About, changeChatPlace } from './chat-place.ts'

/** Takes a call or an appeal along into the chat; to whom is chosen there. */
export function TellColleagues({ about }: { about: About }) {
  if (!useMay('chat')) return null
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconMessageShare size={16} />}
      onClick={() => changeChatPlace({ isOpen: true, room: undefined, about })}
    >
      {t('Tell colleagues')}
    </Button>
  )
}
