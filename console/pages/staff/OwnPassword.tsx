import { Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { t } from '../../i18n.ts'
import { ChoosePasswordForm } from './ChoosePasswordForm.tsx'

/** One's own password, changed at any time. */
export function OwnPassword({ close }: { close: () => void }) {
  function done(): void {
    notifications.show({ message: t('Your password is changed.'), withBorder: true, role: 'status' })
    close()
  }
  return (
    <Modal opened onClose={close} title={t('My password')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <ChoosePasswordForm oldLabel={t('Present password')} done={done} />
    </Modal>
  )
}
