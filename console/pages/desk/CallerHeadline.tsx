import type { CallerCard } from '#contract/calls.ts'
import { type RepeatWindowHours, repeatWithinHours } from '#core/calls/repeat-call.ts'
import { callLanguageText } from '../../call-words.ts'
import { inMyLanguage, myTextLanguage, t } from '../../i18n.ts'
import { Digits } from '../../ui/Digits.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './desk.module.css'

/** Who is calling, in one look: number, language, queue, topic. All of it is there as it rings. */
export function CallerHeadline({ caller, isSmall }: { caller: CallerCard; isSmall?: boolean }) {
  const name = inMyLanguage(caller.queueNames)
  return (
    <div>
      <div className={`${css.number} ${isSmall ? css.numberSmall : ''}`}>
        <Digits>{caller.number || t('Number hidden')}</Digits>
      </div>
      <p className={`${css.tags} ${isSmall ? css.tagsSmall : ''}`}>
        <b>{callLanguageText(caller.language)}</b>
        <span lang={myTextLanguage()}>{name}</span>
        {/* Once he talks it stands in the form. */}
        {!isSmall && caller.topicNames && (
          <span lang={myTextLanguage()}>{inMyLanguage(caller.topicNames)}</span>
        )}
        {caller.numberConfidence === 'low' && <Tone tone="warn">{t('The number may be incomplete')}</Tone>}
      </p>
    </div>
  )
}

/** Known a moment after it has begun to ring, so it stands below what is to be pressed. */
export function RepeatBadge({ caller: { arrivedAt, earlier } }: { caller: CallerCard }) {
  const hours = repeatWithinHours(
    earlier.map((call) => call.arrivedAt),
    arrivedAt,
  )
  return hours === undefined ? null : <Tone tone="warn">{repeatText(hours)}</Tone>
}

function repeatText(hours: RepeatWindowHours): string {
  switch (hours) {
    case 1:
      return t('Calls again within an hour')
    case 24:
      return t('Calls again within a day')
    case 168:
      return t('Calls again within a week')
  }
}
