import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { QueueRow } from '#contract/queues.ts'
import { checkQueueNames } from '#core/routing/check-new-queue.ts'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { settingProblemText } from '../../setting-words.ts'
import { useQueueList } from '../../settings-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'
import css from './queues.module.css'

/** What the queue is called, and its end. */
export function QueueName({ row }: { row: QueueRow }) {
  const [names, setNames] = useState(row.names)
  const navigate = useNavigate()
  const command = useQueueList()
  const problems = checkQueueNames(row.queue, names)
  const isSame = JSON.stringify(names) === JSON.stringify(row.names)
  const [isRetireAsked, pressRetire] = useSecondPress(() =>
    command.mutate(
      { do: 'retire', queue: row.queue },
      { onSuccess: () => void navigate({ to: paths.queues() }) },
    ),
  )
  const field = (language: 'uz' | 'ru', label: string) => {
    const problem = problems.find((one) => one.field === language)
    return (
      <TextInput
        label={label}
        value={names[language]}
        error={problem && settingProblemText(problem)}
        onChange={(event) => setNames({ ...names, [language]: event.currentTarget.value })}
      />
    )
  }
  return (
    <Surface title={t('Name and end')}>
      <div className={css.numbers}>
        {field('uz', t('Name in Uzbek'))}
        {field('ru', t('Name in Russian'))}
      </div>
      <div className={css.save}>
        <ActionButton
          label={t('Rename')}
          variant="default"
          isBusy={command.isPending}
          whyDisabled={isSame || problems.length > 0 ? t('Nothing has been changed.') : undefined}
          onPress={() => command.mutate({ do: 'names', queue: row.queue, names })}
        />
        <ActionButton
          label={isRetireAsked ? t('Press again to retire the queue') : t('Retire the queue')}
          color="red"
          variant="light"
          isBusy={command.isPending}
          onPress={pressRetire}
        />
      </div>
      <SettingsProblem error={command.error} />
    </Surface>
  )
}
