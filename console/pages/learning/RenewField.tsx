import { Checkbox } from '@mantine/core'
import { addDays, tashkentDay } from '#core/lib/time.ts'
import { t } from '../../i18n.ts'
import { serverNow } from '../../server-clock.ts'
import { DayField } from '../../ui/DayField.tsx'
import css from './learning.module.css'

/** Time enough to pass it again between calls. */
const USUAL_DAYS = 14

/** Whether those who have passed an earlier version have to pass this one too, and by when. */
export function RenewField({
  againBy,
  choose,
}: {
  againBy: string | null
  choose: (day: string | null) => void
}) {
  const today = tashkentDay(serverNow())
  return (
    <div className={css.actions}>
      <Checkbox
        label={t('Whoever has passed an earlier version has to pass this one too')}
        checked={againBy !== null}
        onChange={(event) => choose(event.currentTarget.checked ? addDays(today, USUAL_DAYS) : null)}
      />
      {againBy !== null && (
        <DayField
          label={t('Attested without it until')}
          earliest={today}
          value={againBy}
          error={againBy === '' && t('Choose a day first.')}
          change={choose}
        />
      )}
    </div>
  )
}
