import { Group, Modal } from '@mantine/core'
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
    <Modal.Root opened onClose={close}>
      <Modal.Overlay />
      <Modal.Content>
        {/* Not Modal.Header: its <header> would be a second banner of the page. */}
        <Group justify="space-between" p="md">
          <Modal.Title>{t('My password')}</Modal.Title>
          <Modal.CloseButton aria-label={t('Close')} />
        </Group>
        <Modal.Body>
          <ChoosePasswordForm oldLabel={t('Present password')} done={done} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
