/**
 * Keyboard shortcuts by the place of the key, not its letter: H is the same key
 * on a Latin and on a Cyrillic keyboard.
 *
 * A plain key does nothing while somebody types. One with Ctrl or Alt, or a
 * function key, works always.
 */
import { useHotkeys } from '@mantine/hooks'

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>

export function useShortcuts(shortcuts: Shortcuts): void {
  useHotkeys(
    Object.entries(shortcuts).map(([keys, run]) => [
      keys,
      (event) => {
        if (!run || event.repeat || (isPlain(keys) && (isTyping(event) || isChoosing()))) return
        event.preventDefault()
        run()
      },
      { usePhysicalKeys: true, preventDefault: false },
    ]),
    [],
  )
}

const isPlain = (keys: string) => !/^(ctrl|alt|mod)\+|^f\d+$/i.test(keys)

const NOT_TEXT = ['radio', 'checkbox', 'button', 'submit', 'range', 'file']

function isTyping({ target }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement) return !NOT_TEXT.includes(target.type)
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

/** A menu or a list is open: its own keys come first. */
function isChoosing(): boolean {
  return [...document.querySelectorAll('[role=menu], [role=listbox]')].some((list) => list.checkVisibility())
}
