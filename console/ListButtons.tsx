/** The buttons of one thing in a list: each says in words of which thing it is, for there are many alike. */
import { Button, type ButtonProps } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { t } from './i18n.ts'

type OfOne = Pick<ButtonProps, 'color' | 'size'> & { label: string }

/** Without `raise` it stands first. */
export function UpButton({ label, raise, ...look }: OfOne & { raise: (() => void) | undefined }) {
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconArrowUp size={16} />}
      disabled={!raise}
      aria-label={label}
      onClick={raise}
      {...look}
    >
      {t('Up')}
    </Button>
  )
}

export function RemoveButton({ label, remove, ...look }: OfOne & { remove: () => void }) {
  return (
    <Button size="compact-sm" variant="subtle" color="red" aria-label={label} onClick={remove} {...look}>
      {t('Remove')}
    </Button>
  )
}
