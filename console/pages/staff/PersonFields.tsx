import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { AddPerson } from '#contract/people.ts'
import type { QueueRow } from '#contract/queues.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { may, type Role, ROLES } from '#core/staff/permissions.ts'
import { callLanguageText } from '../../call-words.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { settingProblemText } from '../../setting-words.ts'
import { roleText } from '../../staff-words.ts'
import css from './people.module.css'

export type PersonFieldsProps = {
  form: AddPerson
  change: (part: Partial<AddPerson>) => void
  problems: readonly SettingProblem[]
  queues: readonly QueueRow[]
  isNew: boolean
}

/** Who somebody is and what he does; a mistake is told under its field. */
export function PersonFields({ form, change, problems, queues, isNew }: PersonFieldsProps) {
  const problemOf = (field: string) => {
    const problem = problems.find((one) => one.field === field)
    return problem && settingProblemText(problem)
  }
  const takesCalls = may(form.role, 'takeCalls')
  return (
    <>
      <div className={css.fields}>
        <TextInput
          label={t('Login')}
          disabled={!isNew}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={problemOf('login')}
          value={form.login}
          onChange={(event) => change({ login: event.currentTarget.value })}
        />
        <TextInput
          label={t('Full name')}
          autoComplete="off"
          error={problemOf('name')}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('Role')}
          data={ROLES.map((role) => ({ value: role, label: roleText(role) }))}
          error={problemOf('role')}
          value={form.role}
          onChange={(event) => change(withRole(form, event.currentTarget.value as Role))}
        />
        <TextInput
          label={t('PINFL, if he or she signs decisions')}
          autoComplete="off"
          inputMode="numeric"
          error={problemOf('pinfl')}
          value={form.pinfl ?? ''}
          onChange={(event) => change({ pinfl: event.currentTarget.value || null })}
        />
      </div>
      <Checkbox.Group
        label={t('Speaks with citizens')}
        error={problemOf('languages')}
        value={form.languages}
        onChange={(languages) => change({ languages: languages as AddPerson['languages'] })}
      >
        <div className={css.choices}>
          {CALL_LANGUAGES.map((language) => (
            <Checkbox key={language} value={language} label={callLanguageText(language)} />
          ))}
        </div>
      </Checkbox.Group>
      {takesCalls && (
        <Checkbox.Group
          label={t('Serves the queues')}
          error={problemOf('queues')}
          value={form.queues}
          onChange={(chosen) => change({ queues: chosen as AddPerson['queues'] })}
        >
          <div className={css.choices}>
            {queues.map(({ queue, names }) => (
              <Checkbox key={queue} value={queue} label={inMyLanguage(names)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </>
  )
}

/** Who takes no calls serves no queue. */
function withRole({ queues }: AddPerson, role: Role): Partial<AddPerson> {
  return { role, queues: may(role, 'takeCalls') ? queues : [] }
}
