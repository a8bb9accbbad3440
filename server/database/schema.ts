/** The tables as Kysely sees them. Written by hand beside the migrations; a test holds the two together. */
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { ScriptDone } from '#contract/scripts.ts'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealAction, AppealStatus } from '#core/appeals/appeal-status.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { LinkFlag } from '#core/appeals/likeness.ts'
import type { AppealOutcome } from '#core/appeals/move-fields.ts'
import type { StatusCause } from '#core/calls/agent-status.ts'
import type { BreakRequestStatus } from '#core/calls/break-request.ts'
import type {
  AgentStatus,
  BreakReason,
  CallEnder,
  CallOutcome,
  CallStatus,
  OfferEnd,
  RecordingStatus,
} from '#core/calls/call.ts'
import type { CallbackReason, CallbackStatus } from '#core/calls/callback-status.ts'
import type { RoomKind } from '#core/chat/rooms.ts'
import type { LegEnd, LegRole } from '#core/calls/talk-moves.ts'
import type { FlowStatus } from '#core/ivr/flow-status.ts'
import type { AppealMedium } from '#core/portal/following.ts'
import type { KnowledgeContent, KnowledgeKind } from '#core/knowledge/knowledge-content.ts'
import type { KnowledgeStatus } from '#core/knowledge/knowledge-status.ts'
import type {
  AgentId,
  AppealId,
  BreakCode,
  CallbackId,
  CallId,
  ChatRoomId,
  CitizenId,
  FlowId,
  KnowledgeItemId,
  OfferId,
  QueueId,
  SkillId,
  StaffId,
  TopicCode,
  TrunkId,
} from '#core/lib/ids.ts'
import type { TopicNode } from '#core/knowledge/classifier.ts'
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import type { Day } from '#core/lib/time.ts'
import type { QueueSettings } from '#core/routing/queue-settings.ts'
import type { NumberFormat } from '#core/text/phone-number.ts'
import type { QueueExit } from '#core/routing/routing-events.ts'
import type { Script } from '#core/scripts/script.ts'
import type { Role } from '#core/staff/permissions.ts'
import type { AppealOfficeTables } from './schema-appeal-office.ts'
import type { CardTables } from './schema-citizens.ts'
import type { LearningTables } from './schema-learning.ts'
import type { PaperTables } from './schema-papers.ts'
import type { PortalTables } from './schema-portal.ts'
import type { SignatureTables } from './schema-signatures.ts'

type Json<T extends object | null> = JSONColumnType<T, string, string>

export interface Database
  extends AppealOfficeTables,
    CardTables,
    LearningTables,
    PaperTables,
    PortalTables,
    SignatureTables {
  settings: {
    name: string
    value: Json<object>
    changed_at: Generated<Date>
    changed_by: Generated<StaffId | null>
  }
  staff_members: {
    id: Generated<StaffId>
    login: string
    name: string
    role: Role
    languages: CallLanguage[]
    password_hash: string
    interface_language: Generated<string>
    active: Generated<boolean>
    created_at: Generated<Date>
    password_is_one_time: Generated<boolean>
    edits: Generated<number>
    pinfl: Generated<string | null>
  }
  sign_ins: {
    token_hash: Buffer
    staff_id: StaffId
    created_at: Generated<Date>
    expires_at: Date
    last_seen_at: Generated<Date>
    address: string
    user_agent: string
    ended_at: Date | null
  }
  queues: { id: QueueId; names: Json<Texts>; position: number; retired_at: Date | null }
  agent_queues: { staff_id: StaffId; queue_id: QueueId }
  skills: { id: SkillId; names: Json<Texts>; position: number }
  agent_skills: { staff_id: StaffId; skill_id: SkillId; level: number }
  queue_settings: {
    queue: QueueId
    version: number
    body: Json<QueueSettings>
    saved_at: Generated<Date>
    saved_by: StaffId | null
    restored: number | null
  }
  trunks: {
    id: TrunkId
    name: string
    peer_addresses: string[]
    registration: Json<{ server: string; username: string; password: string } | null> | null
    did_patterns: string[]
    codecs: Generated<string[]>
    max_calls: Generated<number>
    number_format: Generated<NumberFormat>
    outbound_uri: string | null
    active: Generated<boolean>
    edits: Generated<number>
  }
  scripts: {
    key: string
    version: number
    body: Json<Script>
    published_at: Date | null
    published_by: StaffId | null
    saved_at: Generated<Date>
    saved_by: StaffId | null
    restored: number | null
  }
  flow_versions: {
    flow: FlowId
    version: number
    body: Json<object>
    status: Generated<FlowStatus>
    /** Of a scheduled version, the moment from which it will hold. */
    published_at: Date | null
    published_by: StaffId | null
    saved_at: Generated<Date>
    saved_by: StaffId | null
    restored: number | null
  }
  prompts: {
    key: string
    language: string
    text: string
    source: 'spoken' | 'uploaded'
    seconds: number
    made_at: Generated<Date>
    made_by: StaffId | null
  }
  topics: {
    code: TopicCode
    parent: TopicCode | null
    level: number
    names: Json<Texts>
    default_kind: string | null
    queue: Generated<QueueId | null>
    track: Generated<AppealTrack | null>
    retired: Generated<boolean>
  }
  classifier_versions: {
    version: number
    status: 'draft' | 'published' | 'retired'
    nodes: Json<readonly TopicNode[]>
    saved_at: Generated<Date>
    saved_by: StaffId | null
    published_at: Date | null
    published_by: StaffId | null
    restored: number | null
  }
  knowledge_items: {
    id: Generated<KnowledgeItemId>
    kind: KnowledgeKind
    created_at: Generated<Date>
    found_version: number | null
    found_form: number | null
  }
  knowledge_versions: {
    item: KnowledgeItemId
    version: number
    status: KnowledgeStatus
    content: Json<KnowledgeContent>
    topics: TopicCode[]
    basis: Generated<string>
    owner: StaffId | null
    valid_from: Day | null
    valid_until: Day | null
    must_read: Generated<boolean>
    saved_at: Generated<Date>
    saved_by: StaffId | null
    approved_at: Date | null
    approved_by: StaffId | null
    published_at: Date | null
    published_by: StaffId | null
    ended_at: Date | null
    ended_by: StaffId | null
  }
  knowledge_words: { word: string; item: KnowledgeItemId; weight: number }
  knowledge_vocabulary: { word: string; items: number }
  call_knowledge: {
    call: CallId
    agent: AgentId
    item: KnowledgeItemId
    version: number
    shown_at: Generated<Date>
  }
  knowledge_votes: {
    item: KnowledgeItemId
    version: number
    staff: StaffId
    useful: boolean
    voted_at: Generated<Date>
  }
  knowledge_readings: { item: KnowledgeItemId; version: number; staff: StaffId; read_at: Generated<Date> }
  knowledge_misses: {
    id: Generated<number>
    key: string
    words: string
    times: Generated<number>
    first_at: Generated<Date>
    last_at: Generated<Date>
  }
  calls: {
    id: CallId
    node: string
    trunk: TrunkId | null
    did: string
    caller_raw: string
    caller_name: string | null
    caller_e164: string | null
    caller_confidence: 'high' | 'low' | 'none'
    user_agent: string | null
    status: CallStatus
    language: CallLanguage | null
    path: Generated<string[]>
    keys: Generated<string>
    queue: QueueId | null
    topic: TopicCode | null
    priority: Generated<number>
    agent: AgentId | null
    citizen: CitizenId | null
    arrived_at: Date
    answered_at: Date | null
    queued_at: Date | null
    waiting_since: Date | null
    connected_at: Date | null
    ended_at: Date | null
    ended_by: CallEnder | null
    lost_reason: string | null
    refused_reason: string | null
    cause: number | null
    talk_seconds: number | null
    hold_seconds: number | null
    outcome: CallOutcome | null
    note: string | null
    wrapped_up_at: Date | null
    callback: CallbackId | null
    previous: CallId | null
  }
  call_topics: {
    call: CallId
    leg: Generated<number>
    topic: TopicCode
    position: number
    classifier: number | null
  }
  call_legs: {
    call: CallId
    number: number
    role: LegRole
    agent: AgentId | null
    outside: string | null
    started_at: Date
    ended_at: Date | null
    ended_as: LegEnd | null
    outcome: CallOutcome | null
    note: string | null
    wrapped_up_at: Date | null
    script: Json<ScriptDone | null> | null
  }
  queue_visits: {
    call: CallId
    queue: QueueId
    entered_at: Date
    left_at: Date | null
    reason: QueueExit | null
    meant_for: AgentId | null
  }
  offers: {
    id: OfferId
    call: CallId
    agent: AgentId
    offered_at: Date
    ended_at: Date | null
    ended_as: OfferEnd | null
  }
  callbacks: {
    id: CallbackId
    call: CallId
    trunk: TrunkId
    did: string
    number: string
    queue: QueueId
    topic: TopicCode | null
    language: CallLanguage
    since: Date
    priority: number
    reason: CallbackReason
    status: CallbackStatus
    attempts: Generated<number>
    promised_at: Date
    due_at: Date
    expires_at: Date
    ended_at: Date | null
    cause: string | null
    agent: AgentId | null
    cancelled_by: StaffId | null
    promised_by: StaffId | null
    meant_for: AgentId | null
  }
  talk_intervals: { call: CallId; agent: AgentId; started_at: Date; ended_at: Date | null }
  agent_status_intervals: {
    agent: AgentId
    status: AgentStatus
    reason: BreakReason | null
    started_at: Date
    ended_at: Date | null
    by: StaffId | null
    cause: StatusCause | null
    call: CallId | null
    limit_at: Date | null
    extensions: Generated<number>
    is_over_limit: Generated<boolean>
  }
  break_reasons: {
    code: BreakCode
    names: Json<Texts>
    paid: boolean
    limit_minutes: number | null
    needs_approval: boolean
    position: number
    retired: Generated<boolean>
  }
  break_requests: {
    agent: AgentId
    asked_at: Date
    asked_by: StaffId
    reason: BreakCode
    status: BreakRequestStatus
    valid_until: Date | null
    decided_at: Date | null
    decided_by: StaffId | null
  }
  sign_outs_after_call: { agent: AgentId; cause: StatusCause; by: StaffId | null }
  wrap_up_drafts: { call: CallId; agent: AgentId; body: Json<object>; saved_at: Date }
  recordings: {
    call: CallId
    status: RecordingStatus
    citizen_leg: string
    agent_leg: string
    started_at: Date
    ended_at: Date | null
    expected_seconds: number | null
    citizen_seconds: number | null
    agent_seconds: number | null
    gap_seconds: number | null
    file: string | null
    bytes: string | null
    sha256: string | null
    recipient: string | null
    peaks: Json<{ citizen: number[]; agent: number[] }> | null
    problem: string | null
    stored_at: Date | null
  }
  call_writers: { node: string; token: string; taken_at: Generated<Date> }
  appeal_counters: { organisation: string; year: number; last: number }
  appeals: {
    id: Generated<AppealId>
    organisation: string
    year: number
    sequence: number
    number: string
    kind: AppealKind
    status: AppealStatus
    text: string
    citizen: CitizenId
    topic: TopicCode | null
    call: CallId | null
    track: Generated<AppealTrack>
    edited_text: string | null
    editor: StaffId | null
    incoming_number: string | null
    outcome: AppealOutcome | null
    merged_into: AppealId | null
    replied_at: Date | null
    reopened_at: Date | null
    grants: Generated<string[]>
    cosigners: ColumnType<object, string | undefined, string>
    representative: Json<object | null> | null
    is_anonymous: Generated<boolean>
    under_control: Generated<boolean>
    received_at: Date
    registered_on: string
    registered_by: StaffId | null
    medium: Generated<AppealMedium>
    telephone: string | null
    follow_series: Generated<number>
    registered_at: Generated<Date>
    request_key: string
  }
  appeal_words: { appeal: AppealId; words: string }
  calendar_versions: {
    version: number
    form: Json<object>
    moved: number
    saved_at: Generated<Date>
    saved_by: StaffId
  }
  appeal_links: {
    appeal: AppealId
    other: AppealId
    flag: LinkFlag
    accepted: boolean
    decided_by: StaffId
    decided_at: Date
  }
  appeal_moves: { from_status: AppealStatus; action: AppealAction; to_status: AppealStatus }
  appeal_steps: {
    id: Generated<string>
    appeal: AppealId
    place: number
    action: AppealAction
    from_status: AppealStatus
    to_status: AppealStatus
    actor: StaffId | null
    at: Date
    request_key: string
    details: Json<object>
  }
  alarms: {
    id: Generated<string>
    kind: string
    subject: string
    detail: string
    raised_at: Generated<Date>
    resolved_at: Date | null
    resolved_by: StaffId | null
  }
  chat_rooms: {
    id: Generated<ChatRoomId>
    kind: RoomKind
    title: string
    direct_key: string | null
    created_at: Generated<Date>
    created_by: StaffId | null
  }
  chat_members: { room: ChatRoomId; staff: StaffId }
  chat_messages: {
    id: GeneratedAlways<string>
    room: ChatRoomId
    author: StaffId
    sent_at: Date
    text: string
    mentions: StaffId[]
    call: CallId | null
    appeal: AppealId | null
    request_key: string
  }
  chat_reads: { room: ChatRoomId; staff: StaffId; up_to: number }
  events: {
    id: Generated<string>
    at: Generated<Date>
    type: string
    call: CallId | null
    appeal: AppealId | null
    actor: StaffId | null
    body: Json<object>
    key: string | null
  }
}
