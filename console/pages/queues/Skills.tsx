import { Button, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { SKILL_NAME_MAX_CHARACTERS, type SkillRow } from '#contract/queues.ts'
import type { SkillId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import type { useSkillCommand } from '../../queue-api.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { RemoveButton } from '../../ListButtons.tsx'
import { showProblem } from '../../notify.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './queues.module.css'

type Command = ReturnType<typeof useSkillCommand>

/** Skills are added and taken away here; languages are there because calls are held in them. */
export function Skills({ skills, command }: { skills: readonly SkillRow[]; command: Command }) {
  const isLanguage = (skill: string) => CALL_LANGUAGES.some((language) => language === skill)
  const remove = (skill: string) => command.mutate({ do: 'remove', skill }, { onError: showProblem })
  return (
    <Surface title={t('Skills')}>
      <div className={css.form}>
        <ul className={css.plainList}>
          {skills.map(({ skill, names }) => (
            <li key={skill} className={css.chips}>
              <span>
                {skill} — {inMyLanguage(names)}
              </span>
              {!isLanguage(skill) && (
                <RemoveButton
                  size="compact-xs"
                  label={t('Remove {{skill}}', { skill })}
                  remove={() => remove(skill)}
                />
              )}
            </li>
          ))}
        </ul>
        <AddSkill command={command} />
      </div>
    </Surface>
  )
}

const NOTHING = { skill: '', uz: '', ru: '' }

function AddSkill({ command }: { command: Command }) {
  const { typed, change, forget } = useTypedDraft('skill-new', NOTHING)
  const { ru, skill, uz } = typed
  const set = (part: Partial<typeof NOTHING>) => change({ ...typed, ...part })
  function submit(event: FormEvent): void {
    event.preventDefault()
    command.mutate(
      { do: 'add', skill: skill as SkillId, names: { uz, ru } },
      { onSuccess: forget, onError: showProblem },
    )
  }
  return (
    <form onSubmit={submit} className={css.fields} style={{ padding: 0 }}>
      <TextInput
        label={t('Word in the rules')}
        placeholder="appeals"
        required
        pattern="[a-z][a-zA-Z0-9]{0,31}"
        value={skill}
        onChange={(event) => set({ skill: event.currentTarget.value })}
      />
      <LimitedInput
        label={t('Name in Uzbek')}
        required
        most={SKILL_NAME_MAX_CHARACTERS}
        value={uz}
        onChange={(event) => set({ uz: event.currentTarget.value })}
      />
      <LimitedInput
        label={t('Name in Russian')}
        required
        most={SKILL_NAME_MAX_CHARACTERS}
        value={ru}
        onChange={(event) => set({ ru: event.currentTarget.value })}
      />
      <Button type="submit" variant="default" loading={command.isPending}>
        {t('Add a skill')}
      </Button>
    </form>
  )
}
