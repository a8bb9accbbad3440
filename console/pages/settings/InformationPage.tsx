import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { SaveInformation, WaitingInformation } from '#contract/flows.ts'
import { checkInformation, INFORMATION_MAX_TEXTS } from '#core/ivr/waiting-information.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useQueues } from '../../queue-api.ts'
import { useInformation, useSaveInformation } from '../../set-up-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { queueNameIn } from '../queues/together.ts'
import { InformationRow } from './InformationRow.tsx'
import { problemAt, RowProblems } from './RowProblems.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { useSettingForm } from './use-setting-form.ts'

type Texts = SaveInformation['texts']

/** What those who wait hear between music and their place, for each queue. */
export function InformationPage() {
  return (
    <Page title={t('What waiting callers are told')}>
      <Asked query={useInformation()}>
        {(information) =>
          information.queues.length === 0 ? (
            <p className={css.quiet}>{t('There is no queue yet.')}</p>
          ) : (
            <OneQueue information={information} />
          )
        }
      </Asked>
    </Page>
  )
}

function OneQueue({ information: { changedAt, queues } }: { information: WaitingInformation }) {
  const [chosen, setChosen] = useState(queues[0]?.queue ?? '')
  const queueName = queueNameIn(useQueues().data ?? [])
  return (
    <div className={css.page}>
      <NativeSelect
        label={t('Queue')}
        maw="24rem"
        data={queues.map(({ queue, texts: told }) => ({
          value: queue,
          label: t('{{queue}} (texts: {{count}})', { queue: queueName(queue), count: told.length }),
        }))}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {queues.map(({ queue, texts }) => (
        // What is typed for one queue stays while another is looked at.
        <div key={queue} hidden={queue !== chosen}>
          <Editor queue={queue} changedAt={changedAt} texts={texts} />
        </div>
      ))}
    </div>
  )
}

function Editor({ queue, changedAt, texts }: { queue: string; changedAt: number | null; texts: Texts }) {
  const form = useSettingForm<Texts>(`information.${queue}`, { changedAt, value: texts })
  const save = useSaveInformation(queue)
  const rows = form.value
  const problems = checkInformation(rows)
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, texts: rows },
      {
        onSuccess: (saved) =>
          form.adopt({
            changedAt: saved.changedAt,
            value: saved.queues.find((one) => one.queue === queue)?.texts ?? [],
          }),
      },
    )
  return (
    <Surface title={t('In the order in which they are told')}>
      <p className={css.quiet}>
        {t('One after every second announcement of the place; after the last the first comes again.')}
      </p>
      {rows.length === 0 && <p>{t('Who waits here hears music and his place, and nothing else.')}</p>}
      {rows.map((text, place) => (
        <InformationRow
          // A text has no name but its place; one that moves takes nothing but what is typed in it along.
          key={place}
          number={place + 1}
          text={text}
          problemOf={(field) => problemAt(problems, String(place + 1), field)}
          change={(changed) => form.set(rows.with(place, changed))}
          raise={place === 0 ? undefined : () => form.set(raised(rows, place))}
          remove={() => form.set(rows.toSpliced(place, 1))}
        />
      ))}
      <RowProblems problems={problems.filter(({ row }) => row === '*')} />
      <SaveSetting form={form} problems={problems.length} save={save} press={press}>
        <ActionButton
          label={t('Add a text')}
          variant="default"
          whyDisabled={
            rows.length < INFORMATION_MAX_TEXTS ? undefined : t('There are as many as can be told.')
          }
          onPress={() => form.set([...rows, { uz: '', ru: '' }])}
        />
      </SaveSetting>
    </Surface>
  )
}

function raised(rows: Texts, place: number): Texts {
  const row = rows[place]
  return row ? rows.toSpliced(place, 1).toSpliced(place - 1, 0, row) : rows
}
