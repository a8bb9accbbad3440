import { Popover } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { HandOverPanel } from './HandOverPanel.tsx'

type Props = {
  isOpen: boolean
  open: (isOpen: boolean) => void
  cameFrom: string | undefined
}

/** Opens what a call is given away with. The key is the caller's, who knows when it means something else. */
export function HandOverButton({ isOpen, open, cameFrom }: Props) {
  return (
    <Popover opened={isOpen} onChange={open} trapFocus returnFocus position="bottom-end" width={420}>
      <Popover.Target>
        <ActionButton
          variant="default"
          icon={<IconPhoneOutgoing size={18} />}
          label={t('Transfer')}
          shortcut="X"
          onPress={() => open(!isOpen)}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Transfer')}>
        <HandOverPanel cameFrom={cameFrom} done={() => open(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}
