import { IconHeadset } from '@tabler/icons-react'
import { t } from '../../i18n.ts'
import { startLine } from '../../softphone/my-line.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'

export function OffShiftView() {
  const start = () => void startLine()
  useShortcuts({ F2: start })
  return (
    <div className={css.calm}>
      <h1>{t('You are off shift')}</h1>
      <p>
        {t(
          'When the shift starts, your line is connected and its sound is checked. The browser may ask to use the microphone.',
        )}
      </p>
      <ActionButton
        size="lg"
        icon={<IconHeadset />}
        label={t('Start the shift')}
        shortcut="F2"
        onPress={start}
      />
    </div>
  )
}
