/** What Asterisk refuses because the one it is about has gone meanwhile: ordinary, and not our mistake. */
import { MediaGone } from '../calls/ports.ts'
import { AriRefused } from './ari-socket.ts'

/** No such channel, not in a state for it, or not in our application any more. */
const GONE_STATUSES = [404, 409, 412]

/** Asterisk's way to say it, as the port says it. */
export function asGone(error: unknown, what: string): unknown {
  return error instanceof AriRefused && GONE_STATUSES.includes(error.status) ? new MediaGone(what) : error
}

/** It left by itself while we asked it to: the same end. */
export async function ignoringGone(request: Promise<unknown>): Promise<void> {
  try {
    await request
  } catch (error) {
    if (!(error instanceof AriRefused || error instanceof MediaGone)) throw error
  }
}
