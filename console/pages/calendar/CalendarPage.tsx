import { Alert, Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { CalendarCard, SavedCalendar } from '#contract/calendar.ts'
import { checkCalendar, withDays } from '#core/deadlines/calendar-form.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { useCalendar, useSaveCalendar } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { problemText } from '../../problem-text.ts'
import { serverNow } from '../../server-clock.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { AddDay } from './AddDay.tsx'
import css from './calendar.module.css'
import { faultText } from './calendar-words.ts'
import { DayTable } from './DayTable.tsx'
import { ImportDays } from './ImportDays.tsx'
import { MovedAppeals } from './MovedAppeals.tsx'
import { OfficeRules } from './OfficeRules.tsx'

/** When the office works: what due days are counted by. */
export function CalendarPage() {
  const [saved, setSaved] = useState<SavedCalendar>()
  return (
    <Page title={t('Calendar')}>
      <Asked query={useCalendar()}>
        {(calendar) => (
          <>
            {saved && <MovedAppeals saved={saved} />}
            <Editor calendar={calendar} saved={setSaved} />
          </>
        )}
      </Asked>
    </Page>
  )
}

type Form = CalendarCard['form']

function Editor({ calendar, saved }: { calendar: CalendarCard; saved: (saved: SavedCalendar) => void }) {
  const draft = useTypedDraft('calendar', { form: calendar.form, basedOn: calendar.version })
  const { form, basedOn } = draft.typed
  const setForm = (next: Form) => draft.change({ form: next, basedOn })
  const [year, setYear] = useState(() => tashkentDay(serverNow()).slice(0, 4))
  const put = (days: Form['days']) => {
    setForm({ ...form, days: withDays(form.days, days) as Form['days'] })
    if (days[0]) setYear(days[0].day.slice(0, 4))
  }
  const ofYear = form.days.filter(({ day }) => day.startsWith(year))
  return (
    <>
      <Surface title={t('Working time')} aside={<Saved calendar={calendar} />}>
        <OfficeRules form={form} change={(part) => setForm({ ...form, ...part })} />
      </Surface>
      <Surface title={t('Days off and their like')} aside={<YearChoice year={year} choose={setYear} />}>
        {ofYear.length === 0 && (
          <Alert color="yellow">{t('No days off are known for {{year}} yet.', { year })}</Alert>
        )}
        <DayTable
          days={ofYear}
          remove={(gone) => setForm({ ...form, days: form.days.filter((day) => day !== gone) })}
        />
        <AddDay add={(day) => put([day])} />
        <ImportDays put={put} />
      </Surface>
      <Save
        calendar={calendar}
        typed={draft.typed}
        forget={draft.forget}
        saved={(done) => {
          draft.forget()
          saved(done)
        }}
      />
    </>
  )
}

function Save(props: {
  calendar: CalendarCard
  typed: { form: Form; basedOn: number }
  forget: () => void
  saved: (saved: SavedCalendar) => void
}) {
  const { calendar, forget, saved, typed } = props
  const { form, basedOn } = typed
  const save = useSaveCalendar()
  const problems = checkCalendar(form)
  const isSame = JSON.stringify(form) === JSON.stringify(calendar.form)
  const why =
    problems.length > 0
      ? t('There are faults in the calendar.')
      : isSame
        ? t('Nothing has been changed.')
        : undefined
  return (
    <div className={css.save}>
      {problems.length > 0 && (
        <ul role="status">
          {problems.map(({ day, fault }) => (
            <li key={`${day} ${fault}`}>
              {day} {faultText(fault)}
            </li>
          ))}
        </ul>
      )}
      {save.error && (
        <Alert color="red" role="alert">
          {problemText(save.error)}
        </Alert>
      )}
      <ActionButton
        label={t('Save and count due days again')}
        whyDisabled={why}
        isBusy={save.isPending}
        onPress={() => save.mutate({ basedOn, form }, { onSuccess: saved })}
      />
      {!isSame && (
        <>
          <span>{t('Not saved yet.')}</span>
          <ActionButton label={t('Show what was saved')} variant="default" onPress={forget} />
        </>
      )}
    </div>
  )
}

function Saved({ calendar: { savedAt, savedByName, version } }: { calendar: CalendarCard }) {
  if (savedAt === null) return null
  return (
    <span>
      {t('Version {{version}}', { version })}, {shortMoment(savedAt)}, {savedByName}
    </span>
  )
}

function YearChoice({ year, choose }: { year: string; choose: (year: string) => void }) {
  const now = Number(tashkentDay(serverNow()).slice(0, 4))
  const years = [now - 1, now, now + 1, now + 2].map(String)
  return (
    <div className={css.year}>
      <NativeSelect
        aria-label={t('Year')}
        data={years.includes(year) ? years : [...years, year].toSorted((a, b) => a.localeCompare(b))}
        value={year}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <Button variant="default" onClick={() => choose(String(Number(year) + 1))}>
        {t('Next year')}
      </Button>
    </div>
  )
}
