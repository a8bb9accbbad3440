import { Link } from '@tanstack/react-router'
import type { AppealCard } from '#contract/appeals.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay, shortMoment } from '#core/text/uzbek-dates.ts'
import { useAppeal } from '../../api.ts'
import { appealStatusText, kindText } from '../../appeal-words.ts'
import { Asked } from '../../Asked.tsx'
import { fullDay } from '../../format.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { useTopicNames } from '../../use-topic-names.ts'
import { TellColleagues } from '../chat/TellColleagues.tsx'
import css from './appeals.module.css'
import { DaysLeft } from './DaysLeft.tsx'
import { appealEventText, dueStepText } from './due-step-text.ts'

export function AppealCardPage({ id }: { id: string }) {
  return <Asked query={useAppeal(id)}>{(appeal) => <Card appeal={appeal} />}</Asked>
}

function Card({ appeal }: { appeal: AppealCard }) {
  return (
    <Page
      title={t('Appeal {{number}}', { number: appeal.number })}
      aside={
        <>
          <TellColleagues about={{ appeal: { id: appeal.id, number: appeal.number } }} />
          <Link to={paths.appeals()}>{t('All appeals')}</Link>
        </>
      }
    >
      <div className={css.card}>
        <div className={css.column}>
          <Surface title={t('Text')}>
            <p className={css.text}>{appeal.text}</p>
          </Surface>
          <Surface title={t('What happened')}>
            <Timeline
              moments={appeal.timeline.map(({ at, type, actorName }) => ({
                at,
                time: shortMoment(at),
                text: appealEventText(type),
                by: actorName ?? undefined,
              }))}
            />
          </Surface>
        </div>
        <div className={css.column}>
          <DueDay appeal={appeal} />
          <Surface title={t('Facts')}>
            <AppealFacts appeal={appeal} />
          </Surface>
        </div>
      </div>
    </Page>
  )
}

/** The day, and how it came about, line by line with the article. */
function DueDay({ appeal }: { appeal: AppealCard }) {
  return (
    <Surface title={t('Reply due')}>
      <p className={css.due}>{fullDay(appeal.dueOn as Day)}</p>
      {clockRuns(appeal.status) && <DaysLeft dueOn={appeal.dueOn} now={serverNow()} />}
      <ol className={css.steps}>
        {appeal.dueSteps.map(({ text, day, article }) => (
          <li key={`${text} ${day}`}>
            <b>{shortDay(day as Day)}</b> — {dueStepText(text)}
            {article !== '' && (
              <span className={css.article} lang="uz">
                {article}
              </span>
            )}
          </li>
        ))}
      </ol>
    </Surface>
  )
}

function AppealFacts({ appeal }: { appeal: AppealCard }) {
  const topicName = useTopicNames()
  const seesOwnCalls = useMay('seeOwnCalls')
  const seesCalls = useMay('seeAllCalls') || seesOwnCalls
  const call = appeal.call
  return (
    <Facts
      facts={[
        { name: t('Kind'), value: kindText(appeal.kind) },
        { name: t('Status'), value: appealStatusText(appeal.status) },
        { name: t('Topic'), value: appeal.topic && topicName(appeal.topic) },
        { name: t('Citizen'), value: appeal.citizen.name },
        { name: t('Numbers'), value: appeal.citizen.numbers.join(', ') },
        { name: t('Received'), value: shortMoment(appeal.receivedAt) },
        { name: t('Registered on'), value: shortDay(appeal.registeredOn as Day) },
        { name: t('Registered by'), value: appeal.registeredByName },
        {
          name: t('From the call'),
          value:
            call &&
            (seesCalls ? (
              <Link to={paths.call(call.id)}>{shortMoment(call.arrivedAt)}</Link>
            ) : (
              shortMoment(call.arrivedAt)
            )),
        },
      ]}
    />
  )
}
