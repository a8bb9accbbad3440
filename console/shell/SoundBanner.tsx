import { useEffect } from 'react'
import { t } from '../i18n.ts'
import { letSound, soundIsBlocked } from '../softphone/my-line.ts'
import { useStore } from '../store.ts'
import css from './Shell.module.css'

/** After a reload browsers play nothing until something is pressed: then any key or click will do. */
export function SoundBanner() {
  const isBlocked = useStore(soundIsBlocked)
  useEffect(() => {
    if (!isBlocked) return
    const free = () => void letSound()
    const gestures = ['pointerdown', 'keydown'] as const
    for (const gesture of gestures) window.addEventListener(gesture, free)
    return () => {
      for (const gesture of gestures) window.removeEventListener(gesture, free)
    }
  }, [isBlocked])
  return (
    <div role="alert">
      {isBlocked && (
        <div className={css.banner}>{t('The browser has silenced the line. Press any key to hear it.')}</div>
      )}
    </div>
  )
}
