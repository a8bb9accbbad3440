/** The tables of what citizens do themselves and are told. */
import type { Generated } from 'kysely'
import type { AttachmentType } from '#core/attachments/attachment-types.ts'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealId, CallId, StaffId } from '#core/lib/ids.ts'
import type { MessageStatus } from '#core/messages/message-status.ts'
import type { MessageKind } from '#core/messages/message-texts.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'

export interface PortalTables {
  messages: {
    id: Generated<string>
    kind: MessageKind
    key: string
    e164: string
    language: WrittenLanguage
    appeal: AppealId | null
    text: string | null
    status: Generated<MessageStatus>
    segments: number | null
    attempts: Generated<number>
    provider_id: string | null
    problem: string | null
    created_at: Generated<Date>
    taken_at: Date | null
    ended_at: Date | null
    call: CallId | null
    /** Which of the ready messages it was. */
    ready: string | null
    sent_by: StaffId | null
  }
  demo_messages: { id: string; e164: string; text: string; sent_at: Generated<Date> }
  phone_codes: {
    id: Generated<string>
    e164: string
    visitor: Buffer
    hash: Buffer
    sent_at: Date
    tries: Generated<number>
    used_at: Date | null
  }
  portal_filings: {
    key: string
    visitor: Buffer
    language: WrittenLanguage
    kind: AppealKind
    /** Proven by the code; none where a person is proven and named no telephone. */
    e164: string | null
    /** Of a person proven by OneID. */
    pinfl: string | null
    name: string | null
    text: string | null
    is_confidential: Generated<boolean>
    code: string | null
    filed_at: Generated<Date>
    proven_at: Date | null
    appeal: AppealId | null
  }
  portal_files: {
    id: Generated<string>
    form: string
    sha256: string
    name: string
    type: AttachmentType
    bytes: number
    added_at: Generated<Date>
  }
  citizen_sign_ins: {
    token_hash: Buffer
    /** Either a telephone or a person. */
    e164: string | null
    pinfl: string | null
    name: string | null
    provider_token: Buffer | null
    language: WrittenLanguage
    created_at: Generated<Date>
    expires_at: Date
    ended_at: Date | null
  }
  appeal_ratings: { appeal: AppealId; stars: number; words: Generated<string>; rated_at: Date }
  recording_requests: {
    id: Generated<string>
    call: CallId
    e164: string
    asked_at: Date
    status: Generated<'asked' | 'granted' | 'refused'>
    reason: Generated<string>
    decided_at: Date | null
    decided_by: StaffId | null
  }
}
