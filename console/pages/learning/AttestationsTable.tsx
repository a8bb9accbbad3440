import type { Attestations } from '#contract/learning.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { useAttestations, useGiveTries } from '../../learning-api.ts'
import { listed, standingText, standingTone } from '../../learning-words.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './learning.module.css'

type Agent = Attestations['agents'][number]
type Course = Attestations['courses'][number]

/** Who is attested in what, and which calls somebody is not offered because of it. */
export function AttestationsTable() {
  return (
    <Surface title={t('Who is attested')}>
      <Asked query={useAttestations()}>{(attestations) => <Agents {...attestations} />}</Asked>
    </Surface>
  )
}

function Agents({ agents, courses }: Attestations) {
  const columns: Column<Agent>[] = [
    { header: t('Agent'), cell: ({ name }) => name },
    ...courses.map((course) => ({
      header: inMyLanguage(course.names),
      cell: (agent: Agent) => <Standing agent={agent} course={course} />,
    })),
    { header: t('Not offered'), cell: (agent) => <Closed agent={agent} courses={courses} /> },
  ]
  return (
    <Table
      caption={t('Who is attested')}
      columns={columns}
      rows={courses.length === 0 ? [] : agents}
      rowKey={({ agent }) => agent}
      empty={t('No course is published yet.')}
    />
  )
}

function Standing({ agent, course }: { agent: Agent; course: Course }) {
  const give = useGiveTries()
  const stands = agent.courses.find((one) => one.course === course.course)
  if (!stands) return '—'
  const isOpen = stands.standing === 'never' || stands.standing === 'ended'
  return (
    <>
      <Tone tone={isOpen && stands.isRequired ? 'bad' : standingTone(stands)}>{standingText(stands)}</Tone>
      {stands.triesLeft === 0 && (
        <div>
          <Tone tone="warn">{t('no try is left')}</Tone>{' '}
          <ActionButton
            size="compact-xs"
            variant="default"
            label={t('Let try again')}
            aria-label={t('Let {{name}} try again: {{course}}', {
              name: agent.name,
              course: inMyLanguage(course.names),
            })}
            isBusy={give.isPending}
            onPress={() => give.mutate({ course: course.course, agent: agent.agent })}
          />
          {give.isError && <span role="alert">{problemText(give.error)}</span>}
        </div>
      )}
    </>
  )
}

function Closed({ agent, courses }: { agent: Agent; courses: readonly Course[] }) {
  const nameOf = (id: Course['course']) => {
    const course = courses.find((one) => one.course === id)
    return course ? inMyLanguage(course.names) : String(id)
  }
  return (
    <>
      {agent.closedQueues.map(({ queue, names, courses: missing }) => (
        <div key={queue}>
          <Tone tone="bad">{inMyLanguage(names)}</Tone>{' '}
          <span className={css.quiet}>
            {t('not attested in {{courses}}', { courses: listed(missing.map(nameOf)) })}
          </span>
        </div>
      ))}
    </>
  )
}
