import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { Key } from './Key.tsx'
import css from './ui.module.css'

/**
 * A button that says why when it cannot be pressed, instead of hiding: it stays
 * reachable by keyboard so that the reason can be read there too.
 */
export function ActionButton(
  props: ButtonProps & {
    label: string
    icon?: ReactNode
    shortcut?: string
    /** Small beside the label. */
    hint?: string | undefined
    whyDisabled?: string | undefined
    isBusy?: boolean
    isPressed?: boolean
    /** Enter in its form presses it. */
    isSubmit?: boolean
    onPress: () => void
    ref?: React.Ref<HTMLButtonElement>
  },
) {
  const { label, icon, shortcut, hint, whyDisabled, isBusy, isPressed, isSubmit, onPress, ...look } = props
  const isOff = whyDisabled !== undefined
  const button = (
    <Button
      {...look}
      type={isSubmit ? 'submit' : 'button'}
      leftSection={icon}
      rightSection={
        (shortcut || hint) && (
          <span className={css.beside}>
            {hint && <span className={css.hint}>{hint}</span>}
            {shortcut && <Key>{shortcut}</Key>}
          </span>
        )
      }
      aria-keyshortcuts={shortcut?.replace('Ctrl', 'Control')}
      aria-disabled={isOff || undefined}
      aria-pressed={isPressed}
      {...(isOff && { 'data-disabled': true })}
      loading={isBusy ?? false}
      onClick={(event) => {
        if (isOff) event.preventDefault()
        else onPress()
      }}
    >
      {label}
    </Button>
  )
  return isOff ? <Tooltip label={whyDisabled}>{button}</Tooltip> : button
}
