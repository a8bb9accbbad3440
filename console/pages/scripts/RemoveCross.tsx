import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'

/** Beside a line of fields: as high as they are with their labels. */
export function RemoveCross({ name, remove }: { name: string; remove: () => void }) {
  return (
    <ActionIcon
      variant="subtle"
      color="red"
      size="lg"
      mt={24}
      aria-label={name}
      title={name}
      onClick={remove}
    >
      <IconX size={18} />
    </ActionIcon>
  )
}
