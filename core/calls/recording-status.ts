/**
 * The life of a recording. Nothing skips a status, and the legs as the engine wrote them are deleted only after
 * `stored`; until then every status can fail and be tried again from the legs.
 *
 *   expected ─▶ recording ─close─▶ closed ─verify─▶ verified ─seal─▶ sealed ─store─▶ stored
 *                   ▲                 └───────────────┴── reopen, fail ──┘
 *                   └──── reopen; failed ──retry
 */
import type { Moves } from '#core/lib/moves.ts'
import type { RecordingStatus } from './call.ts'

/** `reopen`: a leg has changed since it was measured. */
export type RecordingAction = 'open' | 'close' | 'verify' | 'seal' | 'store' | 'reopen' | 'fail' | 'retry'

export const RECORDING_MOVES: Moves<RecordingStatus, RecordingAction> = {
  expected: { open: 'recording', close: 'closed', fail: 'failed' },
  recording: { close: 'closed', fail: 'failed' },
  closed: { verify: 'verified', reopen: 'recording', fail: 'failed' },
  verified: { seal: 'sealed', reopen: 'recording', fail: 'failed' },
  sealed: { store: 'stored', reopen: 'recording', fail: 'failed' },
  stored: {},
  failed: { retry: 'recording', fail: 'failed' },
}
