import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'

const TYPING_ENDS_MS = 300

/** Asks once the typing has paused; what is typed stays the field's own until then. */
export function SearchField(props: { label: string; value: string; search: (words: string) => void }) {
  const { label, value, search } = props
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => search(typed), TYPING_ENDS_MS)
    return () => clearTimeout(timer)
  }, [typed, value, search])
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      w={320}
      maw="100%"
      leftSection={<IconSearch size={16} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
