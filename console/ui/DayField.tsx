/**
 * Fields for a day, a moment and a time of the day. A browser's own follow the browser's language, months first and
 * with AM and PM, whatever the console speaks; these are text, written as every day of the console is, and read
 * however somebody separates its parts. The calendar beside them is still the browser's.
 */
import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { isDay } from '#core/lib/time.ts'
import { readDay, readMoment, readTime } from '#core/text/typed-day.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { timeOfMinute } from '../format.ts'
import { t } from '../i18n.ts'
import { useHeldBack } from './LimitedText.tsx'
import css from './ui.module.css'

type Given = Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'rightSection'> & {
  label: string
  /** As it is kept, `2026-11-27`; or what is typed and cannot be read. */
  value: string
  /** What is no day is handed on as it was typed: a form says then why it is not sent, and keeps it over a reload. */
  change: (value: string) => void
  /** The label is heard and not seen. */
  isLabelHidden?: boolean
}

type Way = {
  read: (typed: string) => string | undefined
  write: (value: string) => string
  placeholder: string
  problem: string
  calendar?: 'date' | 'datetime-local'
}

export function DayField(props: Given & { earliest?: string; latest?: string }) {
  return (
    <WrittenField
      {...props}
      way={{
        read: readDay,
        write: writtenDay,
        placeholder: t('dd.mm.yyyy'),
        problem: t('Please write day, month and year, such as {{example}}.', { example: '31.12.2026' }),
        calendar: 'date',
      }}
    />
  )
}

/** A day and a time, by the clocks of Tashkent: `2026-11-27T08:30`. */
export function MomentField(props: Given) {
  return (
    <WrittenField
      {...props}
      way={{
        read: readMoment,
        write: writtenMoment,
        placeholder: t('dd.mm.yyyy hh:mm'),
        problem: t('Please write a day and a time, such as {{example}}.', { example: '31.12.2026 08:30' }),
        calendar: 'datetime-local',
      }}
    />
  )
}

/** A minute of the day, up to 24:00; not a number while none can be read. */
export function MinuteField(props: { label: string; minute: number; change: (minute: number) => void }) {
  const { change, label, minute } = props
  const isMinute = Number.isInteger(minute)
  const problem = t('Please write hours and minutes, such as {{example}}.', { example: '08:30' })
  return (
    <WrittenField
      label={label}
      w="8rem"
      value={isMinute ? timeOfMinute(minute) : ''}
      error={!isMinute && problem}
      change={(value) => change(minuteOf(value))}
      way={{ read: readTime, write: (value) => value, placeholder: t('hh:mm'), problem }}
    />
  )
}

function minuteOf(time: string): number {
  const [hours, minutes] = (readTime(time) ?? '').split(':').map(Number)
  return (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN)
}

/** A day as it is written, and what is none as it is. */
export function writtenDay(value: string): string {
  return isDay(value) ? shortDay(value) : value
}

function writtenMoment(value: string): string {
  const [day = '', time] = value.split('T')
  return isDay(day) && time !== undefined ? `${shortDay(day)} ${time}` : value
}

function WrittenField(props: Given & { way: Way; earliest?: string; latest?: string }) {
  const { change, earliest, error, isLabelHidden, label, latest, onBlur, value, way, ...input } = props
  const { calendar, placeholder, problem, read, write } = way
  const [typed, setTyped] = useState<{ text: string; over: string }>()
  const [isTyping, setTyping] = useState(false)
  // What somebody types stays as he types it, whatever it is kept as; something else that came meanwhile takes its place.
  const isHis = typed && [typed.over, read(typed.text) ?? '', typed.text.trim()].includes(value)
  const text = isHis ? typed.text : write(value)
  const why = text.trim() !== '' && read(text) === undefined ? problem : undefined
  const held = useHeldBack<HTMLInputElement>(why)
  return (
    <TextInput
      autoComplete="off"
      placeholder={placeholder}
      {...input}
      {...(isLabelHidden ? { 'aria-label': label } : { label })}
      ref={held}
      value={text}
      // Half a day is no fault while the other half is being typed.
      error={why === undefined ? error : !isTyping && why}
      onFocus={() => setTyping(true)}
      onChange={({ currentTarget }) => {
        setTyped({ text: currentTarget.value, over: value })
        change(read(currentTarget.value) ?? currentTarget.value.trim())
      }}
      onBlur={(event) => {
        setTyping(false)
        if (why === undefined) setTyped(undefined)
        onBlur?.(event)
      }}
      rightSection={
        calendar && (
          <Calendar
            type={calendar}
            label={label}
            value={read(text) ?? ''}
            {...(earliest && { min: earliest })}
            {...(latest && { max: latest })}
            choose={(chosen) => {
              setTyped(undefined)
              change(chosen)
            }}
          />
        )
      }
    />
  )
}

/** Opens the browser's calendar, which needs a field of its own to stand at; nobody sees or reaches that one. */
function Calendar(props: {
  type: 'date' | 'datetime-local'
  label: string
  value: string
  min?: string
  max?: string
  choose: (value: string) => void
}) {
  const { choose, label, type, ...field } = props
  const hidden = useRef<HTMLInputElement>(null)
  return (
    <span className={css.calendar}>
      <input
        {...field}
        ref={hidden}
        type={type}
        aria-hidden
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== '') choose(currentTarget.value)
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${label}: ${t('calendar')}`}
        onClick={() => hidden.current?.showPicker()}
      >
        <IconCalendar size={18} />
      </ActionIcon>
    </span>
  )
}
