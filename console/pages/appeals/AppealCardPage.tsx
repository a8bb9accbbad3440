import { Link } from '@tanstack/react-router'
import type { AppealCard } from '#contract/appeals.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import { executorsOf } from '#core/appeals/move-rules.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay, shortMoment } from '#core/text/uzbek-dates.ts'
import { useAppeal } from '../../api.ts'
import { appealStatusText, dutyTitle, kindText, outcomeText, trackText } from '../../appeal-words.ts'
import { Asked } from '../../Asked.tsx'
import { fullDay } from '../../format.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Column, Columns } from '../../ui/Columns.tsx'
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
import { Signatures } from './Signatures.tsx'
import { TelephonePanel } from './TelephonePanel.tsx'
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
      <Columns>
        <Column>
          <MoveButtons appeal={appeal} />
          <Words appeal={appeal} />
          <Attachments appeal={appeal} />
          <Signatures appeal={appeal} />
          <Documents appeal={appeal} />
          <History appeal={appeal} />
        </Column>
        <Column>
          <DueDay appeal={appeal} />
          <FilersPanel appeal={appeal} />
          <TelephonePanel appeal={appeal} />
          <Links appeal={appeal} />
          <Surface title={t('Facts')}>
            <AppealFacts appeal={appeal} />
          </Surface>
        </Column>
      </Columns>
    </Page>
  )
}

/** The days, each with how it came about, line by line with the article. */
function DueDay({ appeal }: { appeal: AppealCard }) {
  const { controlOn, dueOn, dueSteps, otherDays, status } = appeal
  return (
    <>
      <DutyDay
        title={t('Reply due')}
        day={{ dueOn, controlOn, steps: dueSteps }}
        isRunning={clockRuns(status)}
      />
      {otherDays.map((day) => (
        <DutyDay key={day.duty} title={dutyTitle(day.duty)} day={day} isRunning />
      ))}
    </>
  )
}

type DayOfDuty = Pick<AppealCard, 'dueOn' | 'controlOn'> & { steps: AppealCard['dueSteps'] }

function DutyDay({ title, day, isRunning }: { title: string; day: DayOfDuty; isRunning: boolean }) {
  const { controlOn, dueOn, steps } = day
  return (
    <Surface title={title}>
      {dueOn && <p className={css.due}>{fullDay(dueOn as Day)}</p>}
      {dueOn && isRunning && <DaysLeft dueOn={dueOn} now={serverNow()} />}
      <ol className={css.steps}>
        {steps.map(({ text, day: on, article }) => (
          <DayLine key={`${text} ${on}`} day={on} text={dueStepText(text)} article={article} />
        ))}
        {controlOn && dueOn && controlOn !== dueOn && (
          <DayLine day={controlOn} text={t('the last working day by then, for the office')} />
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
