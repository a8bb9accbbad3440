/**
 * What agents send to whoever calls, of a list that an administrator has written.
 *
 * What must hold: it goes to the number of the call and to no other; each message once in a call, whoever presses how
 * often; as the agent saw it, or not at all; and never more than a number is to get on one day.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { CallMessages, ReadyMessageSettings, SaveReadyMessages } from '#contract/messages.ts'
import type { CallId, StaffId } from '#core/lib/ids.ts'
import { type Instant, tashkentDay, tashkentMidnight } from '#core/lib/time.ts'
import { readyRefusal, readyText } from '#core/messages/ready-messages.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { ReadyMessageEvent } from './events.ts'
import { readMessages, saveMessages } from './ready-settings.ts'
import { countSentTo, findReadyCall, lockNumber, sentInCall } from './ready-store.ts'
import { insertMessage } from './store.ts'

type ReadyMessageDeps = {
  db: Kysely<Database>
  log: Logger
  /** Where the portal is, if anybody has said it. */
  address(): Promise<string | undefined>
  /** Whether anybody carries SMS. */
  hasSender(): Promise<boolean>
  now?: () => Instant
}

export type ReadyMessageService = ReturnType<typeof readyMessageService>
type Sending = { call: CallId; code: string; text: string; by: StaffId }
type Around = { portal: string | undefined; hasSender: boolean; now: Instant }

export function readyMessageService({ address, db, hasSender, log, now = Date.now }: ReadyMessageDeps) {
  const listeners: ((call: CallId) => void)[] = []

  /** Asked for before a transaction begins: within it there may be no second connection left. */
  const lookAround = async (): Promise<Around> => ({
    portal: await address(),
    hasSender: await hasSender(),
    now: now(),
  })
  const ofCall = async (call: CallId) => await readCall(db, call, await lookAround())
  const moved = (call: CallId) => {
    for (const listener of listeners) listener(call)
  }

  async function settings(): Promise<ReadyMessageSettings> {
    const { changedAt, messages } = await readMessages(db)
    return { changedAt, portal: (await address()) ?? null, messages: [...messages] }
  }

  return {
    settings,
    ofCall,

    async send(sending: Sending): Promise<CallMessages> {
      const around = await lookAround()
      const message = await db.transaction().execute((trx) => addChosen(trx, sending, around))
      const { call, code } = sending
      log.info({ message, call, ready: code }, 'a message was chosen for a caller')
      moved(call)
      return await ofCall(call)
    },

    /** Something became of a message in a call: whoever shows it looks again. */
    moved,
    onMoved: (listener: (call: CallId) => void) => void listeners.push(listener),

    async save(changed: SaveReadyMessages, by: StaffId): Promise<ReadyMessageSettings> {
      await saveMessages(db, changed, by)
      log.info({ by }, 'the messages that agents send were changed')
      return await settings()
    },
  }
}

async function readCall(db: Kysely<Database>, call: CallId, around: Around): Promise<CallMessages> {
  const row = await findReadyCall(db, call)
  if (!row) throw new Refusal('notFound', `No call ${call}`)
  const { caller_confidence: confidence, caller_e164: number, ended_at } = row
  const language = row.language ?? 'uz'
  const sent = await sentInCall(db, call)
  const { messages } = await readMessages(db)
  const midnight = new Date(tashkentMidnight(tashkentDay(around.now)))
  const sentToday = number ? await countSentTo(db, number, midnight) : 0
  const asked = { number, confidence, endedAt: ended_at?.getTime() ?? null, sentInCall: sent.length }
  return {
    number: number ? displayNumber(number) : '',
    language,
    whyNot: readyRefusal({ ...asked, sentToday }, around) ?? null,
    offered: messages
      .filter(({ isOffered }) => isOffered)
      .map((message) => ({
        code: message.code,
        names: message.names,
        written: readyText(message, language, around.portal) ?? null,
        wasSent: sent.some(({ ready }) => ready === message.code),
      })),
    sent,
  }
}

/** With the work that sends it; the number is locked, so that two windows do not both send the last one allowed. */
async function addChosen(
  trx: Parameters<typeof insertMessage>[0],
  { by, call, code, text }: Sending,
  around: Around,
): Promise<string> {
  const e164 = (await findReadyCall(trx, call))?.caller_e164
  if (e164) await lockNumber(trx, e164)
  const { language, offered, whyNot } = await readCall(trx, call, around)
  const message = offered.find((one) => one.code === code)
  if (!message?.written) throw new Refusal('notFound', `No message ${code} can be sent`)
  if (message.wasSent) throw new Refusal('onlyOnce', `${code} was sent in the call ${call} already`)
  if (whyNot || !e164) throw new Refusal('messageNotPossible', `Not to the caller of ${call}: ${whyNot}`)
  if (message.written.text !== text)
    throw new Refusal('changedMeanwhile', `${code} says something else by now`)
  const of = { call, ready: code, sent_by: by }
  const key = `ready:${call}:${code}`
  const id = await insertMessage(trx, { kind: 'ready', key, e164, language, text, ...of }, 0)
  await record<ReadyMessageEvent>(trx, { type: 'readyMessageChosen', call, by, message: id, ready: code })
  return id
}
