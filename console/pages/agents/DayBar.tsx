import { Tooltip } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type PointerEvent, useId, useState } from 'react'
import type { AgentInterval } from '#contract/agents.ts'
import type { Span } from '#core/calls/agent-day.ts'
import type { AgentStatus } from '#core/calls/call.ts'
import { paths } from '../../paths.ts'
import { useBreakNames } from '../../use-break-names.ts'
import css from './agents.module.css'
import {
  BAR_HEIGHT,
  hourMarks,
  intervalAt,
  momentAt,
  outlineOf,
  overLimitOutline,
  STATUS_HEIGHT,
} from './day-picture.ts'
import { intervalText } from './interval-text.ts'

/** In the order in which they are told apart best. */
export const DRAWN: readonly AgentStatus[] = ['available', 'ringing', 'talking', 'wrapUp', 'onBreak']

type BarProps = { intervals: AgentInterval[]; shown: Span; now: number; width: number; label: string }

/**
 * A day as a bar: heights and hatching say the status as well as colours do. What the pointer finds on it, the page of
 * the agent says line by line.
 */
export function DayBar({ intervals, shown, now, width, label }: BarProps) {
  const [pointed, setPointed] = useState<AgentInterval | undefined>(undefined)
  const breakName = useBreakNames()
  const navigate = useNavigate()
  const hatch = useId()
  const drawing = { shown, width, now }
  const follow = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    setPointed(intervalAt(intervals, momentAt(x, shown, width), now))
  }
  return (
    <Tooltip.Floating
      multiline
      maw={320}
      disabled={!pointed}
      label={pointed && intervalText(pointed, breakName, now).map((line) => <div key={line}>{line}</div>)}
    >
      {/* A shortcut for the pointer: by keyboard the same calls are links on the agent's own page. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
      <div
        role="img"
        aria-label={label}
        className={css.bar}
        data-call={pointed?.call ? true : undefined}
        onPointerMove={follow}
        onPointerLeave={() => setPointed(undefined)}
        onClick={() => pointed?.call && void navigate({ to: paths.call(pointed.call) })}
      >
        <svg width={width} height={BAR_HEIGHT} aria-hidden>
          <Hatch id={hatch} />
          <path
            className={css.hours}
            d={hourMarks(shown, width)
              .map(({ x }) => `M${x} 0v${BAR_HEIGHT}`)
              .join('')}
          />
          {DRAWN.map((status) => (
            <path
              key={status}
              className={css.status}
              data-status={status}
              d={outlineOf(intervals, status, drawing)}
              {...(status === 'onBreak' && { fill: `url(#${hatch})` })}
            />
          ))}
          <path className={css.over} d={overLimitOutline(intervals, drawing)} />
        </svg>
      </div>
    </Tooltip.Floating>
  )
}

/** One status as it looks on the bars. */
export function Swatch({ status }: { status: AgentStatus }) {
  const hatch = useId()
  const height = STATUS_HEIGHT[status]
  return (
    <svg width={22} height={BAR_HEIGHT} aria-hidden className={css.swatch}>
      <Hatch id={hatch} />
      <path
        className={css.status}
        data-status={status}
        d={`M2 ${BAR_HEIGHT - height}h18v${height}h-18z`}
        {...(status === 'onBreak' && { fill: `url(#${hatch})` })}
      />
    </svg>
  )
}

export function OverLimitSwatch() {
  return (
    <svg width={22} height={BAR_HEIGHT} aria-hidden className={css.swatch}>
      <path className={css.over} d="M2 4h18v4h-18z" />
    </svg>
  )
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={3} height={6} className={css.hatch} />
      </pattern>
    </defs>
  )
}
