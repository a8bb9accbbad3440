import { Button, TextInput } from '@mantine/core'
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
  return (
    <>
      <TextInput
        label={t('Code')}
        disabled={!isNew}
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

export function TakeOutOfUse({ name, remove }: { name: string; remove: () => void }) {
  return (
    <Button size="xs" variant="subtle" aria-label={t('Take out of use: {{name}}', { name })} onClick={remove}>
      {t('Take out of use')}
    </Button>
  )
}
