/**
 * Where a call to the outside is sent: by which trunk, and how the number is written there. Text
 * only; what is no number goes nowhere, so that nothing typed becomes a SIP address.
 */
import { isIP } from 'node:net'
import { OUTBOUND_URI } from '#core/calls/check-trunk.ts'

const DIALLED = /^\+?\d{3,15}$/
const UZBEK = /^\+998(?=\d{9}$)/

/** What is known of a trunk that is of use for calling by it. */
export type WayOut = {
  id: string
  peerAddresses: readonly string[]
  registration?: { server: string } | undefined
  outboundUri?: string | undefined
}

export function isOutboundUri(text: string): boolean {
  return OUTBOUND_URI.test(text)
}

/** As Asterisk dials it; nothing where the trunk has no way out. */
export function dialTarget(trunk: WayOut, number: string): string | undefined {
  const uri = trunk.outboundUri ?? usualUri(trunk)
  if (uri === undefined || !DIALLED.test(number)) return undefined
  const dialled = uri
    .replace('{e164}', number)
    .replace('{digits}', number.replace('+', ''))
    .replace('{national}', number.replace(UZBEK, '').replace('+', '00'))
  return `PJSIP/trunk-${trunk.id}/${dialled}`
}

/** To the server we register with, or to the one address that is known. A network of addresses is no place to send to. */
function usualUri({ registration, peerAddresses }: WayOut): string | undefined {
  if (registration) return `sip:{digits}@${registration.server}`
  const [address = '', ...others] = peerAddresses
  if (others.length > 0) return undefined
  const [host = '', bits] = address.split('/')
  const family = isIP(host)
  if (family === 0 || (bits !== undefined && bits !== (family === 4 ? '32' : '128'))) return undefined
  return `sip:{digits}@${family === 4 ? host : `[${host}]`}`
}
