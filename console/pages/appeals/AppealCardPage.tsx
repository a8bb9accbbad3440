import { Link } from '@tanstack/react-router'
import type { AppealCard } from '#contract/appeals.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import { executorsOf } from '#core/appeals/move-rules.ts'
import { FORWARDING_LIMIT } from '#core/deadlines/time-limits.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay, shortMoment } from '#core/text/uzbek-dates.ts'
import { useAppeal } from '../../api.ts'
import { appealStatusText, kindText, outcomeText, trackText } from '../../appeal-words.ts'
import { Asked } from '../../Asked.tsx'
import { fullDay } from '../../format.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useTopicNames } from '../../use-topic-names.ts'
import { TellColleagues } from '../chat/TellColleagues.tsx'
import css from './appeals.module.css'
import { Attachments } from './Attachments.tsx'
import { DaysLeft } from './DaysLeft.tsx'
import { Documents } from './Documents.tsx'
import { dueStepText } from './due-step-text.ts'
import { FilersPanel } from './FilersPanel.tsx'
import { History } from './History.tsx'
import { Links } from './Links.tsx'
import { MoveButtons } from './MoveButtons.tsx'
import { Words } from './Words.tsx'

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
          <MoveButtons appeal={appeal} />
          <Words appeal={appeal} />
          <Attachments appeal={appeal} />
          <Documents appeal={appeal} />
          <History appeal={appeal} />
        </div>
        <div className={css.column}>
          <DueDay appeal={appeal} />
          <FilersPanel appeal={appeal} />
          <Links appeal={appeal} />
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
  const { controlOn, dueOn, dueSteps, forwardBy, status } = appeal
  return (
    <Surface title={t('Reply due')}>
      {dueOn && <p className={css.due}>{fullDay(dueOn as Day)}</p>}
      {dueOn && clockRuns(status) && <DaysLeft dueOn={dueOn} now={serverNow()} />}
      <ol className={css.steps}>
        {dueSteps.map(({ text, day, article }) => (
          <DayLine key={`${text} ${day}`} day={day} text={dueStepText(text)} article={article} />
        ))}
        {controlOn && dueOn && controlOn !== dueOn && (
          <DayLine day={controlOn} text={t('the last working day by then, for the office')} />
        )}
        {dueOn && clockRuns(status) && (
          <DayLine
            day={forwardBy}
            text={t('sent on by then, if another authority has to decide')}
            article={FORWARDING_LIMIT.article}
          />
        )}
      </ol>
    </Surface>
  )
}

function DayLine({ day, text, article = '' }: { day: string; text: string; article?: string }) {
  return (
    <li>
      <b>{shortDay(day as Day)}</b> — {text}
      {article !== '' && (
        <span className={css.article} lang="uz">
          {article}
        </span>
      )}
    </li>
  )
}

function asExecutor(name: string, place: number): string {
  return place === 0 ? t('{{name}} (lead)', { name }) : name
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
        { name: t('Outcome'), value: appeal.outcome && outcomeText(appeal.outcome) },
        { name: t('Procedure'), value: trackText(appeal.track) },
        { name: t('Incoming number'), value: appeal.incomingNumber },
        { name: t('Executors'), value: executorsOf(appeal.moves).map(asExecutor).join(', ') },
        {
          name: t('Merged into'),
          value: appeal.mergedInto && (
            <Link to={paths.appeal(appeal.mergedInto.id)}>{appeal.mergedInto.number}</Link>
          ),
        },
        { name: t('Control'), value: appeal.underControl && t('Under control') },
        { name: t('Editor'), value: appeal.editorName },
        { name: t('Topic'), value: appeal.topic && topicName(appeal.topic) },
        { name: t('Citizen'), value: appeal.citizen.name },
        { name: t('Numbers'), value: appeal.citizen.numbers.join(', ') },
        { name: t('Received'), value: shortMoment(appeal.receivedAt) },
        { name: t('Registered on'), value: shortDay(appeal.registeredOn as Day) },
        { name: t('Registered by'), value: appeal.registeredByName ?? t('the citizen himself') },
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
