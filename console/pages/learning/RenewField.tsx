import { Checkbox, TextInput } from '@mantine/core'
import { addDays, type Day, isDay, tashkentDay } from '#core/lib/time.ts'
import { t } from '../../i18n.ts'
import { serverNow } from '../../server-clock.ts'
import css from './learning.module.css'

/** Time enough to pass it again between calls. */
const USUAL_DAYS = 14

/** Whether those who have passed an earlier version have to pass this one too, and by when. */
export function RenewField({ againBy, choose }: { againBy: Day | null; choose: (day: Day | null) => void }) {
  const today = tashkentDay(serverNow())
  return (
    <div className={css.actions}>
      <Checkbox
        label={t('Whoever has passed an earlier version has to pass this one too')}
        checked={againBy !== null}
        onChange={(event) => choose(event.currentTarget.checked ? addDays(today, USUAL_DAYS) : null)}
      />
      {againBy !== null && (
        <TextInput
          type="date"
          label={t('Attested without it until')}
          min={today}
          value={againBy}
          onChange={(event) => {
            const typed = event.currentTarget.value
            if (isDay(typed)) choose(typed)
          }}
        />
      )}
    </div>
  )
}
