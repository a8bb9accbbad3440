import { useEffect, useState } from 'react'
import { lineAudio } from '../../softphone/my-line.ts'
import css from './desk.module.css'

const MEASURED_EVERY_MS = 250
/** Speech is seldom louder than a third of what fits; the bar should move with it all the same. */
const GAIN = 3

/** How loud the citizen and the agent are, for the eye: a headset that has gone silent is seen at once. */
export function SoundLevels() {
  const [levels, setLevels] = useState({ citizen: 0, agent: 0 })
  useEffect(() => {
    const timer = setInterval(() => {
      void lineAudio().then((audio) => {
        if (audio) setLevels({ citizen: audio.levelReceived, agent: audio.levelSent })
      })
    }, MEASURED_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className={css.levels} aria-hidden>
      <span style={{ transform: `scaleX(${Math.min(1, levels.citizen * GAIN)})` }} />
      <span style={{ transform: `scaleX(${Math.min(1, levels.agent * GAIN)})` }} />
    </span>
  )
}
