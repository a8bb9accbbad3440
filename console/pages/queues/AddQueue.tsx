import { NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { QueueRow } from '#contract/queues.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { checkNewQueue } from '#core/routing/check-new-queue.ts'
import type { Otherwise } from '#core/routing/queue-settings.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { settingProblemText } from '../../setting-words.ts'
import { useQueueList } from '../../settings-api.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'
import css from './queues.module.css'

const NOTHING = { queue: '', uz: '', ru: '', then: '' }

/** A new queue is served as every queue is, and begins with nobody: so it is said what becomes of who comes. */
export function AddQueue({ rows }: { rows: readonly QueueRow[] }) {
  const { typed, change, forget } = useTypedDraft('queue-new', NOTHING)
  const [wasTried, setWasTried] = useState(false)
  const command = useQueueList()
  const { queue, ru, then, uz } = typed
  const names = { uz, ru }
  const known = rows.map((row) => String(row.queue))
  const problems = checkNewQueue({ queue, names }, known)
  function submit(event: FormEvent): void {
    event.preventDefault()
    setWasTried(true)
    if (problems.length > 0) return
    const onSuccess = () => {
      forget()
      setWasTried(false)
    }
    command.mutate({ do: 'add', queue, names, then: thenOf(then) }, { onSuccess })
  }
  const field = (name: 'queue' | 'uz' | 'ru', label: string) => {
    const problem = wasTried ? problems.find((one) => one.field === name) : undefined
    return (
      <TextInput
        label={label}
        value={typed[name]}
        error={problem && settingProblemText(problem)}
        onChange={(event) => change({ ...typed, [name]: event.currentTarget.value })}
      />
    )
  }
  return (
    <Surface title={t('Add a queue')}>
      <form onSubmit={submit}>
        <div className={css.numbers}>
          {field('queue', t('Code'))}
          {field('uz', t('Name in Uzbek'))}
          {field('ru', t('Name in Russian'))}
          <NativeSelect
            label={t('While nobody serves it')}
            data={[
              { value: '', label: t('Take a message') },
              ...rows.map((row) => ({
                value: String(row.queue),
                label: t('Pass on to {{queue}}', { queue: inMyLanguage(row.names) }),
              })),
            ]}
            value={then}
            onChange={(event) => change({ ...typed, then: event.currentTarget.value })}
          />
        </div>
        <div className={css.save}>
          <ActionButton label={t('Add')} isSubmit isBusy={command.isPending} onPress={() => undefined} />
        </div>
        <SettingsProblem error={command.error} />
      </form>
    </Surface>
  )
}

const thenOf = (queue: string): Otherwise =>
  queue === '' ? { do: 'takeMessage' } : { do: 'overflow', to: queue as QueueId }
