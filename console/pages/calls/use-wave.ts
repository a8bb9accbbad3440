/** wavesurfer.js behind a hook: draws the peaks the server has measured, plays the sound as it streams. */
import { useEffect, useRef, useState } from 'react'
import WaveSurfer from 'wavesurfer.js'
import type { CallCard } from '#contract/calls.ts'
import { recordingAddress } from '../../api.ts'

const HEIGHT_PX = 56

export function useWave(call: string, recording: NonNullable<CallCard['recordingCard']>) {
  const place = useRef<HTMLDivElement>(null)
  const wave = useRef<WaveSurfer>(undefined)
  const [isPlaying, setIsPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [hasFailed, setHasFailed] = useState(false)
  const { peaks, seconds } = recording

  useEffect(() => {
    if (!place.current) return
    // The browser asks for the sound only when it is played.
    const media = document.createElement('audio')
    media.preload = 'none'
    media.src = recordingAddress(call)
    const made = draw(place.current, media, { peaks, seconds })
    wave.current = made
    made.on('play', () => setIsPlaying(true))
    made.on('pause', () => setIsPlaying(false))
    made.on('finish', () => setIsPlaying(false))
    made.on('timeupdate', setAt)
    made.on('seeking', setAt)
    media.addEventListener('error', () => setHasFailed(true))
    return () => {
      media.pause()
      made.destroy()
    }
  }, [call, peaks, seconds])

  return {
    place,
    isPlaying,
    at,
    hasFailed,
    toggle: () => void wave.current?.playPause().catch(() => setHasFailed(true)),
    /** To a place, or by so much from where it is now. */
    seek: (to: (now: number) => number) => {
      if (wave.current) setAt(moveTo(wave.current, (now) => Math.min(seconds ?? 0, Math.max(0, to(now)))))
    },
    setSpeed: (speed: number) => wave.current?.setPlaybackRate(speed, true),
  }
}

/**
 * Moves the sound itself once it is there: wavesurfer drops a move that is asked for while another is under way,
 * and whoever holds an arrow key down asks for many.
 */
function moveTo(wave: WaveSurfer, to: (now: number) => number): number {
  const media = wave.getMediaElement()
  if (media && media.readyState >= HTMLMediaElement.HAVE_METADATA) {
    media.currentTime = to(media.currentTime)
    return media.currentTime
  }
  const place = to(wave.getCurrentTime())
  wave.setTime(place)
  return place
}

function draw(
  container: HTMLElement,
  media: HTMLAudioElement,
  sound: Pick<NonNullable<CallCard['recordingCard']>, 'peaks' | 'seconds'>,
) {
  const colour = (name: string) => getComputedStyle(container).getPropertyValue(name)
  const side = (name: string) => ({
    waveColor: `color-mix(in srgb, ${colour(name)} 55%, transparent)`,
    progressColor: colour(name),
  })
  return WaveSurfer.create({
    container,
    media,
    height: HEIGHT_PX,
    cursorColor: colour('--mantine-color-text'),
    cursorWidth: 2,
    normalize: false,
    duration: Math.max(0.1, sound.seconds ?? 0),
    // A recording without peaks still shows a line to click on.
    peaks: sound.peaks ? [sound.peaks.citizen, sound.peaks.agent] : [[0], [0]],
    splitChannels: [side('--javob-citizen'), side('--javob-agent')],
  })
}
