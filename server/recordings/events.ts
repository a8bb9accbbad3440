/** What happens to a recording: each is written in the transaction that moves its status, or before it is heard. */
import type { CallId, StaffId } from '#core/lib/ids.ts'

export type RecordingEvent =
  | {
      type: 'recordingClosed'
      call: CallId
      citizenSeconds: number
      agentSeconds: number
      gapSeconds: number
    }
  | { type: 'recordingVerified'; call: CallId; gapSeconds: number; problem: string | null }
  | { type: 'recordingSealed'; call: CallId; file: string; bytes: number; sha256: string; recipient: string }
  | { type: 'recordingStored'; call: CallId; decrypted: boolean }
  | { type: 'recordingReopened'; call: CallId; because: string }
  | { type: 'recordingFailed'; call: CallId; problem: string }
  | { type: 'recordingRetried'; call: CallId }
  | { type: 'recordingHeard'; call: CallId; by: StaffId }
