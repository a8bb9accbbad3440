/** The server's time, as far as the browser knows: timers on the screen agree with the server, whatever the PC's clock says. */
import { useEffect, useState } from 'react'

let aheadMs = 0

export function setServerTime(serverTime: number): void {
  aheadMs = serverTime - Date.now()
}

export const serverNow = (): number => Date.now() + aheadMs

/** Now, again each second: for timers only, so that nothing else is redrawn. */
export function useServerNow(everyMs = 1000): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
