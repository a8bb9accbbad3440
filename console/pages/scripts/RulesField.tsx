import { Button } from '@mantine/core'
import { RULES_MAX } from '#core/scripts/script.ts'
import { t } from '../../i18n.ts'
import { Surface } from '../../ui/Surface.tsx'
import { RemoveCross } from './RemoveCross.tsx'
import type { EditorPart } from './editor-part.ts'
import css from './scripts.module.css'
import { TextsFields } from './TextsFields.tsx'

/** What holds in every call. */
export function RulesField({ script, problems, set }: EditorPart) {
  const { rules } = script
  return (
    <Surface title={t('In every call')}>
      <div className={css.column}>
        {rules.map((rule, place) => (
          <TextsFields
            key={place}
            label={t('Rule {{number}}', { number: place + 1 })}
            row="*"
            field={`rule${place + 1}`}
            value={rule}
            problems={problems}
            change={(changed) => set({ ...script, rules: rules.with(place, changed) })}
          >
            <RemoveCross
              name={t('Remove rule {{number}}', { number: place + 1 })}
              remove={() => set({ ...script, rules: rules.toSpliced(place, 1) })}
            />
          </TextsFields>
        ))}
        <div>
          <Button
            variant="default"
            size="xs"
            disabled={rules.length >= RULES_MAX}
            onClick={() => set({ ...script, rules: [...rules, { uz: '', ru: '' }] })}
          >
            {t('Add a rule')}
          </Button>
        </div>
      </div>
    </Surface>
  )
}
