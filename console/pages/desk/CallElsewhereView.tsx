import { IconPlugConnected } from '@tabler/icons-react'
import { useEffect } from 'react'
import { t } from '../../i18n.ts'
import { startLine } from '../../softphone/my-line.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'
import { forgetCallDraft } from './draft.ts'

/** A newer window has the call. What was written here is with the server, and goes on being written there. */
export function CallElsewhereView({ call }: { call: string }) {
  const takeBack = () => void startLine()
  useShortcuts({ F2: takeBack })
  // Whoever takes it back finds what was written last, in whichever window.
  useEffect(() => forgetCallDraft(call), [call])
  return (
    <div className={css.calm}>
      <h1>{t('Your line is in another window')}</h1>
      <p>{t('The call goes on there, with everything you have written. You can bring it here.')}</p>
      <ActionButton
        size="lg"
        icon={<IconPlugConnected />}
        label={t('Use this window')}
        shortcut="F2"
        onPress={takeBack}
      />
    </div>
  )
}
