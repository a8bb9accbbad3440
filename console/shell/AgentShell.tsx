import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Desk } from '#contract/calls.ts'
import { useDesk } from '../desk-api.ts'
import { paths } from '../paths.ts'
import { ring, ringBack } from '../softphone/ring.ts'
import {
  endShift,
  lineIsInAnotherWindow,
  lineView,
  muteLine,
  shiftIsOver,
  startLine,
} from '../softphone/my-line.ts'
import { useStore } from '../store.ts'
import { useDeskPhone } from '../softphone/my-phone.ts'
import { LineIndicator, PhoneIndicator } from './LineIndicator.tsx'
import { OfferPopup } from './OfferPopup.tsx'
import { SoundBanner } from './SoundBanner.tsx'
import { StatusMenu } from './StatusMenu.tsx'

/** What goes with an agent from page to page: the line, the ring, the status, an offer. */
export function AgentShell() {
  const desk = useDesk().data
  const line = useStore(lineView)

  useDialling(desk)
  useDeskPhone(desk)
  useEndOfShift(desk?.status)

  const hasLine = line.state !== 'off' && line.state !== 'elsewhere'
  const isRinging = desk?.offer != null && hasLine
  useEffect(() => (isRinging ? ring() : undefined), [isRinging])

  const isCallingBack = desk?.callingBack != null && hasLine
  useEffect(() => (isCallingBack ? ringBack() : undefined), [isCallingBack])

  const isMuted = desk?.call?.muted ?? false
  useEffect(() => void muteLine(isMuted), [isMuted])

  if (!desk) return null
  return (
    <>
      {desk.phoneMode === 'perCall' ? <PhoneIndicator desk={desk} /> : <LineIndicator view={line} />}
      <StatusMenu desk={desk} line={line.state} />
      <OfferPopup desk={desk} />
      <SoundBanner />
    </>
  )
}

/** The shift is over, by the agent himself or by a supervisor: the line does not come up again by itself. */
function useEndOfShift(status: Desk['status'] | undefined): void {
  const before = useRef(status)
  useEffect(() => {
    const wasOnShift = before.current !== undefined && before.current !== 'signedOut'
    before.current = status
    if (status === 'signedOut' && wasOnShift) void endShift()
  }, [status])
}

/**
 * A line is dialled after signing in, which was a click, and again after a reload in the middle of a shift. The desk
 * takes it from an older window; another page, opened beside the desk to look something up, does not.
 */
function useDialling(desk: Desk | undefined): void {
  const isOver = useStore(shiftIsOver)
  const isAtDesk = useLocation().pathname === paths.desk()
  const isThere = desk !== undefined
  const onShift = desk !== undefined && desk.status !== 'signedOut'
  const isOnPhone = onShift && desk.phoneMode === 'perCall'
  useEffect(() => {
    const mayDial = isThere && !isOver && !isOnPhone && (onShift || navigator.userActivation.hasBeenActive)
    if (!mayDial || lineView.get().state !== 'off') return
    void lineIsInAnotherWindow().then((isTaken) => (isAtDesk || !isTaken ? startLine() : undefined))
  }, [isThere, onShift, isOnPhone, isOver, isAtDesk])
}
