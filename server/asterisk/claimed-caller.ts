/**
 * What the dialplan wrote down of who the caller says he is: four header values,
 * each in base64 so that nothing in them means anything to the engine, joined by
 * dots. They are read back as they came; making sense of them is for others.
 */
import type { ClaimedCaller } from '../calls/ports.ts'

/** Stands for a colon inside base64, because the dialplan would read a colon as its own. */
export const COLON_STAND_IN = '\u001f'

export function claimedCaller(claim: string): ClaimedCaller {
  const [assertedIdentity, remotePartyId, from = '', userAgent] = claim.split('.').map(decoded)
  const name = displayName(from)
  return {
    ...(assertedIdentity ? { assertedIdentity } : {}),
    ...(remotePartyId ? { remotePartyId } : {}),
    from,
    ...(name ? { name } : {}),
    ...(userAgent ? { userAgent } : {}),
  }
}

/** Bytes that are no UTF-8, and a character cut in half at the end, become the replacement character. */
function decoded(base64: string): string {
  const written = Buffer.from(base64, 'base64').toString('utf8')
  // The tilde stands in front because the dialplan cannot encode nothing.
  return written.replace(/^~/, '').replaceAll(COLON_STAND_IN, ':').replaceAll('\0', '')
}

/** The name before the address: in quotes with backslashes, or bare words. */
function displayName(header: string): string | undefined {
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"/s.exec(header)?.[1]
  if (quoted !== undefined) return quoted.replace(/\\(.)/gs, '$1') || undefined
  return /^\s*([^<"]+?)\s*</s.exec(header)?.[1]
}
