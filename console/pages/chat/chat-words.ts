import type { ChatRoom } from '#contract/chat.ts'
import { t } from '../../i18n.ts'

const SHOWN_MAX = 99

export const unreadText = (unread: number) => (unread > SHOWN_MAX ? `${SHOWN_MAX}+` : String(unread))

/** Between two, the other's name. */
export function roomTitle({ kind, members, title }: ChatRoom, me: string): string {
  if (kind === 'direct') return members.find(({ id }) => id !== me)?.name ?? t('Somebody who has left')
  return title === '' ? t('Everybody') : title
}
