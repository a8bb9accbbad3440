declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

/** A uuid made in the dialplan, so that a call has its name before the server knows of it. */
export type CallId = Id<'Call'>
/** The uuid of the staff member who takes calls. */
export type AgentId = StaffId
export type StaffId = Id<'Staff'>
export type OfferId = Id<'Offer'>
/** Made and read by core/routing alone. */
export type TimerId = Id<'Timer'>
/** A citizen to be called back. While it waits, the queue engine knows it by this name as if it were a call. */
export type CallbackId = Id<'Callback'>
/** Somebody outside who is called into a call. */
export type PartyId = Id<'Party'>
/** A room of the team's chat. */
export type ChatRoomId = Id<'ChatRoom'>
export type AppealId = Id<'Appeal'>
export type AttachmentId = Id<'Attachment'>
/** One version of the official document of an appeal. */
export type DocumentId = Id<'Document'>
/** A signature under a decision, whether it went with it yet or not. */
export type SignatureId = Id<'Signature'>
export type CitizenId = Id<'Citizen'>
/** A short word chosen by an administrator, e.g. `lunch`. */
export type BreakCode = Id<'Break'>
/** A short word chosen by an administrator, e.g. `admission`. */
export type QueueId = Id<'Queue'>
/** A short word chosen by an administrator, e.g. `appeals`, or a language. */
export type SkillId = Id<'Skill'>
export type TrunkId = Id<'Trunk'>
export type FlowId = Id<'Flow'>
/** A classifier code, e.g. `01.02.03`. */
export type TopicCode = Id<'Topic'>
/** A number, as people say it: article 12. Of one article, question, script or act of law through all its versions. */
export type KnowledgeItemId = number & { readonly [brand]: 'KnowledgeItem' }
/** A number as well: of one course through all its versions. */
export type CourseId = number & { readonly [brand]: 'Course' }
export type QuizAttemptId = Id<'QuizAttempt'>
