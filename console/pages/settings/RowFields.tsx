import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../i18n.ts'

type Names = { uz: string; ru: string }

/** Code and names of a row of settings. Days of the past know it by its code: it is typed once and stays. */
export function CodeAndNames(props: {
  code: string
  names: Names
  isNew: boolean
  /** What is wrong with a field. */
  at: (field: string) => string | undefined
  change: (part: { code?: string; names?: Names }) => void
}) {
  const { at, change, code, isNew, names } = props
  // A longer code is typed through a shorter one that is there already: `lunchLate` through `lunch`.
  const [isTyped, setIsTyped] = useState(false)
  return (
    <>
      <TextInput
        label={t('Code')}
        disabled={!isNew && !isTyped}
        onFocus={() => setIsTyped(true)}
        onBlur={() => setIsTyped(false)}
        value={code}
        error={at('code')}
        onChange={(event) => change({ code: event.currentTarget.value })}
      />
      <TextInput
        label={t('Name in Uzbek')}
        value={names.uz}
        error={at('uz')}
        onChange={(event) => change({ names: { ...names, uz: event.currentTarget.value } })}
      />
      <TextInput
        label={t('Name in Russian')}
        value={names.ru}
        error={at('ru')}
        onChange={(event) => change({ names: { ...names, ru: event.currentTarget.value } })}
      />
    </>
  )
}

/** Whether a row was added here: its code is of none that was saved, or of one that stands above it. */
export function isNewRow(
  rows: readonly { code: string }[],
  place: number,
  saved: readonly { code: string }[],
): boolean {
  const code = rows[place]?.code
  return rows.findIndex((row) => row.code === code) < place || saved.every((row) => row.code !== code)
}

export function TakeOutOfUse({ name, remove }: { name: string; remove: () => void }) {
  return (
    <Button size="xs" variant="subtle" aria-label={t('Take out of use: {{name}}', { name })} onClick={remove}>
      {t('Take out of use')}
    </Button>
  )
}
