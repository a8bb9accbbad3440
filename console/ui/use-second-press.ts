/** What cannot be taken back is pressed twice: a stray key must not part people. */
import { useEffect, useState } from 'react'

const SECOND_PRESS_WITHIN_MS = 2_500

export function useSecondPress(run: () => void): [isArmed: boolean, press: () => void] {
  const [isArmed, setIsArmed] = useState(false)
  useEffect(() => {
    if (!isArmed) return
    const timer = setTimeout(() => setIsArmed(false), SECOND_PRESS_WITHIN_MS)
    return () => clearTimeout(timer)
  }, [isArmed])
  return [
    isArmed,
    () => {
      if (isArmed) run()
      setIsArmed(!isArmed)
    },
  ]
}
