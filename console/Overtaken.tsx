import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from './i18n.ts'
import { ActionButton } from './ui/ActionButton.tsx'
import ui from './ui/ui.module.css'

/** Somebody else has saved what is being changed here: nothing is written over before one of the two is chosen. */
export function Overtaken(props: {
  title: string
  takeTheirs: () => void
  keepMine: () => void
  /** What is different, where it can be shown. */
  children?: ReactNode
}) {
  return (
    <Alert
      color="yellow"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      role="alert"
      title={props.title}
    >
      {props.children}
      <div className={ui.actions}>
        <ActionButton
          label={t('Take what is saved, drop mine')}
          size="xs"
          variant="default"
          onPress={props.takeTheirs}
        />
        <ActionButton
          label={t('Go on with mine; saving replaces what is saved')}
          size="xs"
          variant="default"
          onPress={props.keepMine}
        />
      </div>
    </Alert>
  )
}
