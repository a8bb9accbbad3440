import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AppealCard, AppealMove } from '#contract/appeals.ts'
import { MOVE_FIELDS, type MoveField, ruleOf } from '#core/appeals/move-rules.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { kindText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { Surface } from '../../ui/Surface.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { useTopicNames } from '../../use-topic-names.ts'
import css from './appeals.module.css'
import { checkText, doneText, groundText, moveFieldText, noticeText, resultText } from './move-words.ts'

/** Every move with what was told with it; between them what happened without one. */
export function History({ appeal }: { appeal: AppealCard }) {
  const moves = appeal.moves.map((move) => ({
    at: move.at,
    time: shortMoment(move.at),
    text: (
      <>
        {doneText(move.action)}
        <Told move={move} />
      </>
    ),
    by: move.byName ?? (ruleOf(move.action).bySystem ? t('the system') : t('the citizen himself')),
  }))
  const others = appeal.timeline.flatMap((event) => {
    const text = otherEventText(event)
    return text === undefined
      ? []
      : [{ at: event.at, time: shortMoment(event.at), text, by: event.actorName ?? undefined }]
  })
  return (
    <Surface title={t('What happened')}>
      <Timeline moments={[...moves, ...others].toSorted((a, b) => a.at - b.at)} />
    </Surface>
  )
}

const OTHER_EVENTS: Readonly<Record<string, (() => string) | undefined>> = {
  appealAssigned: () => t('Given to an editor'),
  appealPutUnderControl: () => t('Put under control'),
  appealLeftControl: () => t('The control ended'),
  appealFilersChanged: () => t('Who filed it was changed'),
  replyFileOpenedByCitizen: () => t('The citizen saved a document of the reply'),
  appealWarned: () => t('A warning of the due day was given'),
}

function otherEventText({ type, note, receipt }: AppealCard['timeline'][number]): ReactNode {
  if (type === 'appealDaysMoved') return t('The calendar was changed, and its days moved')
  if (type !== 'appealHandedOver') return OTHER_EVENTS[type]?.()
  return (
    <>
      {note === null
        ? t('The chancellery’s system has it')
        : t('The chancellery’s system has it, under the number {{number}}', { number: note })}
      {receipt !== null && <span className={css.told}>{t('Its answer: {{receipt}}', { receipt })}</span>}
    </>
  )
}

function Told({ move: { details } }: { move: AppealMove }) {
  return MOVE_FIELDS.filter((field) => details[field] !== undefined).map((field) => (
    <span key={field} className={css.told}>
      {moveFieldText(field)}: <Value field={field} details={details} />
    </span>
  ))
}

function Value({ field, details }: { field: MoveField; details: AppealMove['details'] }) {
  const topicName = useTopicNames()
  switch (field) {
    case 'kind':
      return details.kind && kindText(details.kind)
    case 'topic':
      return details.topic && topicName(details.topic)
    case 'ground':
      return details.ground && groundText(details.ground)
    case 'result':
      return details.result && resultText(details.result)
    case 'medium':
      return details.medium && noticeText(details.medium)
    case 'executors':
      return details.executors?.join(', ')
    case 'checked':
      return details.checked?.map(checkText).join(', ')
    case 'into':
      return details.into && <Link to={paths.appeal(details.into)}>{t('this one')}</Link>
    default:
      return details[field]
  }
}
