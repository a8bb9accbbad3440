import { daysUntil } from '../../format.ts'
import { t } from '../../i18n.ts'
import { Tone } from '../../ui/Tone.tsx'

/** Fewer days than this and an appeal wants attention. */
const SOON_DAYS = 3

export function DaysLeft({ dueOn, now }: { dueOn: string; now: number }) {
  const days = daysUntil(dueOn, now)
  if (days < 0) return <Tone tone="bad">{t('overdue, days: {{days}}', { days: -days })}</Tone>
  if (days === 0) return <Tone tone="bad">{t('due today')}</Tone>
  return <Tone tone={days <= SOON_DAYS ? 'warn' : 'quiet'}>{t('days left: {{days}}', { days })}</Tone>
}
