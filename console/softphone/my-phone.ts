/**
 * An ordinary phone of the agent's instead of this window's line. What it registers with is shown where it was asked
 * for, and forgotten with the page; the phone itself goes on with it until the shift ends.
 */
import { useEffect } from 'react'
import type { Desk } from '#contract/calls.ts'
import type { PhoneAccess } from '#contract/staff.ts'
import { fetchPhoneAccess, proveLine } from '../desk-api.ts'
import { createStore } from '../store.ts'
import { stopLine } from './my-line.ts'

/** Often enough that a phone just registered is taken for there at once, seldom enough to be nothing. */
const LOOKED_FOR_EVERY_MS = 4_000

export const phoneAccess = createStore<PhoneAccess | undefined>(undefined)

/** New access for the phone; this window's line ends with it. */
export async function chooseDeskPhone(): Promise<void> {
  phoneAccess.set(await fetchPhoneAccess('perCall'))
  await stopLine()
}

/** The server is asked to look whether the phone is there, again and again: phones come and go without a word to us. */
export function useDeskPhone(desk: Desk | undefined): void {
  const isWanted = desk?.phoneMode === 'perCall' && desk.status !== 'signedOut'
  useEffect(() => {
    if (!isWanted) return
    const look = () => void proveLine(0).catch(ignored)
    look()
    const timer = setInterval(look, LOOKED_FOR_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWanted])
}

/** Whether it is there comes over the live stream; that it is not, is no failure. */
const ignored = () => undefined
