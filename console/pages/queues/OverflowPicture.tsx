import { useMemo } from 'react'
import type { QueueSettings } from '#core/routing/queue-settings.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { type Arrow, type Box, BOX_WIDTH, overflowPicture, WORDS_WIDTH } from './overflow-picture.ts'
import css from './queues.module.css'

/** A name that is longer than the box is wide goes on in a second line. */
const LINE_MAX_CHARACTERS = 24

/** A drawing for those who see it; the same is said in words beside each queue. */
export function OverflowPicture(props: {
  queues: readonly QueueSettings[]
  only?: string
  queueName: (queue: string) => string
}) {
  const { queues, only, queueName } = props
  const picture = useMemo(() => overflowPicture(queues, only), [queues, only])
  if (picture.arrows.length === 0)
    return <p className={css.quiet}>{t('Callers wait until they are answered.')}</p>
  const { arrows, boxes, height, width } = picture
  return (
    // Focusable, so that a picture wider than the window can be moved by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} role="group" aria-label={t('Where callers go')} tabIndex={0}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className={css.picture}
        aria-hidden
      >
        <defs>
          <marker
            id="arrowhead"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M0,0 L8,4 L0,8 Z" className={css.arrowhead} />
          </marker>
        </defs>
        {arrows.map((arrow) => (
          <ArrowLine key={`${arrow.from} ${arrow.field}`} arrow={arrow} />
        ))}
        {boxes.map((box) => (
          <BoxShape key={box.id} box={box} name={nameOf(box.id, queueName)} isChosen={box.id === only} />
        ))}
      </svg>
    </div>
  )
}

function ArrowLine({ arrow }: { arrow: Arrow }) {
  const { start, end, lane } = arrow
  const bendsAt = { x: start.x + WORDS_WIDTH, y: start.y }
  const way = lane
    ? `${bend(bendsAt, { x: lane.fromX, y: lane.y })} H${lane.toX} ${bend({ x: lane.toX, y: lane.y }, end)}`
    : bend(bendsAt, end)
  return (
    <g>
      <path
        d={`M${start.x},${start.y} H${bendsAt.x} ${way}`}
        className={css.arrow}
        markerEnd="url(#arrowhead)"
      />
      <text x={start.x + 8} y={start.y - 5} className={css.words}>
        {arrowText(arrow)}
      </text>
    </g>
  )
}

type Point = Arrow['start']

/** A way back, which only a circle has, is bent as one that goes on. */
function bend(from: Point, to: Point): string {
  const middle = (from.x + Math.max(to.x, from.x + 40)) / 2
  return `C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`
}

function BoxShape({ box, name, isChosen }: { box: Box; name: string; isChosen: boolean }) {
  const lines = inLines(name)
  const middle = box.y + box.height / 2
  return (
    <g>
      <rect
        x={box.x}
        y={box.y}
        width={BOX_WIDTH}
        height={box.height}
        rx={6}
        className={css.box}
        data-chosen={isChosen}
      />
      {lines.map((line, place) => (
        <text
          key={line}
          x={box.x + BOX_WIDTH / 2}
          y={middle + 5 + (place - (lines.length - 1) / 2) * 16}
          className={css.boxName}
        >
          {line}
        </text>
      ))}
    </g>
  )
}

export function arrowText({ field, amount = 0 }: Pick<Arrow, 'field' | 'amount'>): string {
  switch (field) {
    case 'full':
      return t('{{count}} wait', { count: amount })
    case 'tooLong':
      return t('after {{time}}', { time: Number.isFinite(amount) ? duration(amount) : '…' })
    case 'nobodyOnDuty':
      return t('nobody on duty')
    case 'hours':
      return t('closed')
  }
}

export function nameOf(id: string, queueName: (queue: string) => string): string {
  if (id === 'takeMessage') return t('Leaves a message')
  return id === 'hangUp' ? t('Hears goodbye') : queueName(id)
}

function inLines(name: string): string[] {
  if (name.length <= LINE_MAX_CHARACTERS) return [name]
  const before = name.lastIndexOf(' ', LINE_MAX_CHARACTERS)
  const breaksAt = before > 0 ? before : LINE_MAX_CHARACTERS
  const rest = name.slice(breaksAt).trim()
  const isLong = rest.length > LINE_MAX_CHARACTERS
  return [name.slice(0, breaksAt), isLong ? `${rest.slice(0, LINE_MAX_CHARACTERS - 1)}…` : rest]
}
