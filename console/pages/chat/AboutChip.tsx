import { CloseButton } from '@mantine/core'
import { t } from '../../i18n.ts'
import css from './chat.module.css'
import { type About, changeChatPlace } from './chat-place.ts'

/** What the next message is about. */
export function AboutChip({ about }: { about: About }) {
  return (
    <span className={css.chip}>
      {'call' in about
        ? t('About a call')
        : t('About the appeal {{number}}', { number: about.appeal.number })}
      <CloseButton
        size="xs"
        aria-label={t('Leave it out')}
        onClick={() => changeChatPlace({ about: undefined })}
      />
    </span>
  )
}
