import { Alert, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { QueueForm, QueueFormProblem, QueueRow } from '#contract/queues.ts'
import { readQueueForm } from '#core/routing/queue-form.ts'
import { useSaveQueue } from '../../queue-api.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { NotFoundPage } from '../../NotFoundPage.tsx'
import { paths } from '../../paths.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { fieldText } from '../../queue-words.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { CoursesField } from './CoursesField.tsx'
import { NumberFields } from './NumberFields.tsx'
import { OverflowPicture } from './OverflowPicture.tsx'
import { Problems } from './Problems.tsx'
import css from './queues.module.css'
import { QueueAgents } from './QueueAgents.tsx'
import { QueueName } from './QueueName.tsx'
import { RulesField } from './RulesField.tsx'
import { SaveProblem } from './SaveProblem.tsx'
import { queueNameIn, type Settings, useSettings } from './together.ts'
import { Versions } from './Versions.tsx'
import { WayFields } from './WayFields.tsx'

/** The settings of one queue. What is filled in is checked with every key, by the rules that the server checks it by. */
export function QueuePage({ id }: { id: string }) {
  return (
    <Asked query={useSettings()}>
      {(settings) => {
        const row = settings.rows.find(({ queue }) => queue === id)
        return row ? <Editor key={id} row={row} settings={settings} /> : <NotFoundPage />
      }}
    </Asked>
  )
}

type Draft = { form: QueueForm; basedOn: number }
const draftOf = ({ form, version }: QueueRow): Draft => ({ form, basedOn: version })

function Editor({ row, settings }: { row: QueueRow; settings: Settings }) {
  const { typed: draft, change: setDraft, forget } = useTypedDraft(`queue.${row.queue}`, draftOf(row))
  const save = useSaveQueue()
  const queueName = queueNameIn(settings.rows)
  const read = readQueueForm(row.queue, draft.form, settings.together)
  const here = read.problems.filter(({ queue }) => queue === row.queue)
  const elsewhere = read.problems.filter(({ queue }) => queue !== row.queue)
  const change = (part: Partial<QueueForm>) => setDraft({ ...draft, form: { ...draft.form, ...part } })
  const replace = (form: QueueForm) => setDraft({ ...draft, form })
  const queues = settings.together.queues.map((known) => (known.queue === row.queue ? read.settings : known))
  const send = () =>
    save.mutate({ queue: row.queue, basedOn: draft.basedOn, form: draft.form }, { onSuccess: forget })

  const fields = { form: draft.form, change, problems: here, queueName }
  return (
    <Page
      title={t('Queue: {{queue}}', { queue: inMyLanguage(row.names) })}
      aside={<Link to={paths.queues()}>{t('All queues')}</Link>}
    >
      <div className={css.form}>
        {row.version !== draft.basedOn && <ChangedMeanwhile take={forget} />}
        <RulesField {...fields} agents={agentsOf(row, settings)} table={settings.table} />
        <NumberFields {...fields} />
        <CoursesField
          form={draft.form}
          replace={replace}
          problems={here}
          queueName={queueName}
          settings={{ ...settings.together, queues }}
          table={settings.table}
          queue={row.queue}
        />
        <WayFields {...fields} replace={replace} rows={settings.rows} queue={row.queue} />
        <Surface title={t('Where callers go')}>
          <OverflowPicture queues={queues} only={row.queue} queueName={queueName} />
        </Surface>
        <Surface title={t('Save')}>
          <Elsewhere problems={elsewhere} queueName={queueName} />
          <div className={css.save}>
            <ActionButton
              label={t('Save')}
              isBusy={save.isPending}
              whyDisabled={whyNot(draft, row, read.problems.length)}
              onPress={send}
            />
            {row.version === draft.basedOn && JSON.stringify(draft.form) !== JSON.stringify(row.form) && (
              <ActionButton label={t('Show what was saved')} variant="default" onPress={forget} />
            )}
            {save.isSuccess && (
              <span role="status">{t('Saved: it holds from now on, also for those who wait.')}</span>
            )}
          </div>
          <SaveProblem error={save.error} queueName={queueName} />
        </Surface>
        <QueueAgents key={agentsKey(row, settings)} row={row} table={settings.table} />
        <QueueName key={JSON.stringify(row.names)} row={row} />
        <Versions row={row} restored={forget} queueName={queueName} />
      </div>
    </Page>
  )
}

/** Who serves it, as one text: drawn anew when somebody else has changed it. */
const agentsKey = (row: QueueRow, settings: Settings) =>
  agentsOf(row, settings)
    .map(({ agent }) => agent)
    .join(' ')

const agentsOf = ({ queue }: QueueRow, { together }: Settings) =>
  together.agents.filter(({ queues }) => queues.includes(queue))

function whyNot({ form, basedOn }: Draft, row: QueueRow, problems: number): string | undefined {
  if (problems > 0) return t('First put right what is marked.')
  if (basedOn !== row.version) return t('Somebody changed this meanwhile. Look at it again, please.')
  return JSON.stringify(form) === JSON.stringify(row.form) ? t('Nothing has been changed.') : undefined
}

function ChangedMeanwhile({ take }: { take: () => void }) {
  return (
    <Alert
      color="yellow"
      role="alert"
      title={t('Somebody changed this meanwhile. Look at it again, please.')}
    >
      <Button variant="default" size="xs" onClick={take}>
        {t('Show what was saved')}
      </Button>
    </Alert>
  )
}

/** What the change would break in other queues. */
function Elsewhere(props: { problems: readonly QueueFormProblem[]; queueName: (queue: string) => string }) {
  return (
    <Problems {...props} place={({ queue, field }) => `${props.queueName(queue)}, ${fieldText(field)}`} />
  )
}
