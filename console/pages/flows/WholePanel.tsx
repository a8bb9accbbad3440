import { Checkbox } from '@mantine/core'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { callLanguageText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import css from './editor.module.css'
import { useEditing } from './flow-editing.ts'
import { TextFields } from './TextFields.tsx'
import { useProblemsAt } from './use-problems-at.ts'
import { WayField } from './WayField.tsx'

/** What belongs to no single step. */
export function WholePanel() {
  const { change, flow } = useEditing()
  const problemAt = useProblemsAt(undefined)
  const { languages } = flow
  return (
    <div className={css.fields}>
      <p className={css.quiet}>{t('Everywhere: 0 a person, * says it again, # one step back.')}</p>
      <WayField
        label={t('Begins with')}
        to={flow.start}
        problem={problemAt('start')}
        change={(start) => change({ ...flow, start })}
      />
      <WayField
        label={t('Where the key 0 leads')}
        to={flow.operator}
        problem={problemAt('operator')}
        change={(operator) => change({ ...flow, operator })}
      />
      <Checkbox.Group
        label={t('Languages')}
        error={problemAt('languages')}
        value={[...languages]}
        onChange={(chosen) =>
          change({ ...flow, languages: CALL_LANGUAGES.filter((one) => chosen.includes(one)) })
        }
      >
        {CALL_LANGUAGES.map((language) => (
          <Checkbox key={language} mt="xs" value={language} label={callLanguageText(language)} />
        ))}
      </Checkbox.Group>
      <TextFields
        label={t('Said after a wrong key')}
        texts={flow.wrongKey}
        problem={(language) => problemAt('wrongKey', language)}
        change={(wrongKey, language) => change({ ...flow, wrongKey }, `wrongKey ${language}`)}
      />
    </div>
  )
}
