/** Where the engine writes what was said on a call. */
import { join } from 'node:path'
import type { CallId } from '#core/lib/ids.ts'
import type { LegFiles } from '../calls/ports.ts'

export type LegPlaces = { of(call: CallId): LegFiles; messageCopy(call: CallId): string }

export function legPlaces(spool: string): LegPlaces {
  return {
    of: (call) => ({
      citizen: join(spool, `${call}.citizen.alaw`),
      agent: join(spool, `${call}.agent.alaw`),
    }),
    messageCopy: (call) => join(spool, `${call}.message.alaw`),
  }
}
