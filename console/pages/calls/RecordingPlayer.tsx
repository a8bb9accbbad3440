import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRewindBackward5, IconRewindForward5 } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { CallCard } from '#contract/calls.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { Digits } from '../../ui/Digits.tsx'
import css from './calls.module.css'
import { useWave } from './use-wave.ts'

const STEP_SECONDS = 5
const SPEEDS = ['1', '1.25', '1.5', '2']

/** Above the citizen, below the agent, as the recording has them left and right. Nothing is fetched, and no hearing written down, until it is played. */
export function RecordingPlayer(props: { call: string; recording: NonNullable<CallCard['recordingCard']> }) {
  const seconds = props.recording.seconds ?? 0
  const { place, isPlaying, at, hasFailed, toggle, seek, setSpeed } = useWave(props.call, props.recording)
  const [speed, pickSpeed] = useState('1')
  const goBy = (step: number) => seek((now) => now + step)

  function onKey(event: KeyboardEvent): void {
    const step = {
      ArrowLeft: -STEP_SECONDS,
      ArrowRight: STEP_SECONDS,
      ArrowDown: -STEP_SECONDS,
      ArrowUp: STEP_SECONDS,
    }[event.key]
    if (step !== undefined) goBy(step)
    else if (event.key === 'Home') seek(() => 0)
    else if (event.key === 'End') seek(() => seconds)
    else if (event.key === ' ') toggle()
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className={css.player}>
        <div className={css.sides} aria-hidden>
          <span className={css.citizen}>{t('Citizen')}</span>
          <span className={css.agent}>{t('Agent')}</span>
        </div>
        <div
          ref={place}
          className={css.wave}
          role="slider"
          tabIndex={0}
          aria-label={t('Place in the recording')}
          aria-valuemin={0}
          aria-valuemax={Math.round(seconds)}
          aria-valuenow={Math.round(at)}
          aria-valuetext={`${duration(at)} / ${duration(seconds)}`}
          onKeyDown={onKey}
        />
      </div>
      <div className={css.controls}>
        <ActionIcon
          size="lg"
          variant="default"
          aria-label={t('Back 5 seconds')}
          onClick={() => goBy(-STEP_SECONDS)}
        >
          <IconRewindBackward5 size={20} />
        </ActionIcon>
        <ActionIcon size="xl" aria-label={isPlaying ? t('Pause') : t('Play')} onClick={toggle}>
          {isPlaying ? <IconPlayerPause size={22} /> : <IconPlayerPlay size={22} />}
        </ActionIcon>
        <ActionIcon
          size="lg"
          variant="default"
          aria-label={t('Forward 5 seconds')}
          onClick={() => goBy(STEP_SECONDS)}
        >
          <IconRewindForward5 size={20} />
        </ActionIcon>
        <Digits>{`${duration(at)} / ${duration(seconds)}`}</Digits>
        <SegmentedControl
          size="xs"
          aria-label={t('Speed')}
          data={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
          value={speed}
          onChange={(value) => {
            pickSpeed(value)
            setSpeed(Number(value))
          }}
        />
        {hasFailed && <span role="alert">{t('The recording cannot be played now.')}</span>}
      </div>
    </>
  )
}
