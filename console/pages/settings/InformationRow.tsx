import type { SaveInformation } from '#contract/flows.ts'
import type { Day } from '#core/lib/time.ts'
import { t } from '../../i18n.ts'
import { RemoveButton, UpButton } from '../../ListButtons.tsx'
import { DayField } from '../../ui/DayField.tsx'
import { TextFields } from '../flows/TextFields.tsx'
import css from './settings.module.css'

type Text = SaveInformation['texts'][number]

/** One text in each language, heard as callers hear it, and the days on which it is told. */
export function InformationRow(props: {
  number: number
  text: Text
  problemOf: (field: string) => string | undefined
  change: (text: Text) => void
  raise: (() => void) | undefined
  remove: () => void
}) {
  const { change, number, problemOf, raise, remove, text } = props
  const day = (field: 'from' | 'until', label: string) => (
    <DayField
      label={label}
      value={text[field] ?? ''}
      error={problemOf(field)}
      change={(typed) => {
        const { [field]: _before, ...others } = text
        change(typed === '' ? others : { ...others, [field]: typed as Day })
      }}
    />
  )
  return (
    <fieldset className={css.information} aria-label={t('Text {{number}}', { number })}>
      <div className={css.texts}>
        <TextFields
          label={t('Text {{number}}', { number })}
          texts={text}
          problem={problemOf}
          change={({ uz, ru }) => change({ ...text, uz, ru })}
        />
      </div>
      <div className={css.actions}>
        {day('from', t('Told from'))}
        {day('until', t('Told until, this day included'))}
        <UpButton size="xs" label={t('Move text {{number}} up', { number })} raise={raise} />
        <RemoveButton size="xs" label={t('Remove text {{number}}', { number })} remove={remove} />
      </div>
    </fieldset>
  )
}
