import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AppealCard, AppealMove } from '#contract/appeals.ts'
import { MOVE_FIELDS, type MoveField, ruleOf } from '#core/appeals/move-rules.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { kindText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { useSignatures } from '../../signing-api.ts'
import { Surface } from '../../ui/Surface.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { useTopicNames } from '../../use-topic-names.ts'
import css from './appeals.module.css'
import { checkText, doneText, groundText, moveFieldText, noticeText, resultText } from './move-words.ts'

/** Every move with what was told with it; between them what happened without one. */
export function History({ appeal }: { appeal: AppealCard }) {
  const signers = new Map(useSignatures(appeal.id).data?.map(({ place, signerName }) => [place, signerName]))
  const moves = appeal.moves.map((move) => ({
    at: move.at,
    time: shortMoment(move.at),
    text: (
      <>
        {doneText(move.action)}
        <Told move={move} />
        <Signed who={signers.get(move.place)} />
      </>
    ),
    by: move.byName ?? (ruleOf(move.action).bySystem ? t('the system') : t('the citizen himself')),
  }))
  const others = momentsOf(appeal, otherEventText)
  const openings = momentsOf(appeal, openingText)
  return (
    <Surface title={t('What happened')}>
      <Timeline moments={[...moves, ...others].toSorted((a, b) => a.at - b.at)} />
      {openings.length > 0 && (
        <details>
          <summary>{t('Who opened it: {{count}}', { count: openings.length })}</summary>
          <Timeline moments={openings} />
        </details>
      )}
    </Surface>
  )
}

type TimelineEvent = AppealCard['timeline'][number]

function momentsOf({ timeline }: AppealCard, textOf: (event: TimelineEvent) => ReactNode) {
  return timeline.flatMap((event) => {
    const text = textOf(event)
    return text === undefined
      ? []
      : [{ at: event.at, time: shortMoment(event.at), text, by: event.actorName ?? undefined }]
  })
}

/** Who looked at it, once a day, at its files and letters, and who took it out and why. */
function openingText({ type, note }: TimelineEvent): string | undefined {
  switch (type) {
    case 'appealOpened':
      return t('Opened the appeal')
    case 'attachmentOpened':
      return t('Opened a file')
    case 'documentOpened':
      return t('Opened the official document')
    case 'signatureSaved':
      return t('Saved a signature')
    case 'appealExported':
      return t('Took it out in a list, because: {{reason}}', { reason: note ?? '' })
    default:
      return undefined
  }
}

const OTHER_EVENTS: Readonly<Record<string, (() => string) | undefined>> = {
  appealAssigned: () => t('Given to an editor'),
  appealPutUnderControl: () => t('Put under control'),
  appealLeftControl: () => t('The control ended'),
  appealFilersChanged: () => t('Who filed it was changed'),
  appealTelephoneChanged: () => t('Another telephone was named, or none'),
  replyFileOpenedByCitizen: () => t('The citizen saved a document of the reply'),
  decisionSigned: () => t('Signed a decision with E-IMZO'),
  appealWarned: () => t('A warning of the due day was given'),
}

function otherEventText({ type, note, receipt }: TimelineEvent): ReactNode {
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
      {field === 'executors' ? t('Executors') : moveFieldText(field)}:{' '}
      <Value field={field} details={details} />
    </span>
  ))
}

function Signed({ who }: { who: string | undefined }) {
  return who === undefined ? null : (
    <span className={css.told}>{t('Signed with E-IMZO: {{who}}', { who })}</span>
  )
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
