/** The messages that an administrator has written for agents to send: one setting, read whenever one is chosen. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { ReadyMessageRow, type SaveReadyMessages } from '#contract/messages.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { checkReadyMessages, FIRST_READY_MESSAGES, type ReadyMessage } from '#core/messages/ready-messages.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { setting } from '../database/settings.ts'
import { SettingsHaveProblems } from '../errors.ts'
import type { ReadyMessageEvent } from './events.ts'

/** Longer than a text may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 2_000

type Kept = { readonly messages: readonly ReadyMessage[] }

const READY_MESSAGES = setting<Kept>('readyMessages', z.object({ messages: z.array(ReadyMessageRow) }), {
  messages: FIRST_READY_MESSAGES,
})

export async function readMessages(db: Kysely<Database>) {
  const { changedAt, value } = await READY_MESSAGES.readKept(db)
  return { changedAt, messages: value.messages }
}

export async function saveMessages(
  db: Kysely<Database>,
  { basedOn, messages: asked }: SaveReadyMessages,
  by: StaffId,
): Promise<void> {
  const messages = asked.map(cleaned)
  const problems = checkReadyMessages(messages)
  if (problems.length > 0) throw new SettingsHaveProblems(problems)
  await db.transaction().execute(async (trx) => {
    await READY_MESSAGES.change(trx, { basedOn, value: { messages }, by })
    await record<ReadyMessageEvent>(trx, { type: 'readyMessagesChanged', by, messages })
  })
}

function cleaned({ code, names, texts, isOffered }: SaveReadyMessages['messages'][number]): ReadyMessage {
  const plain = (text: string) => asPlainText(text, CLEANED_CHARACTERS).text.trim()
  return {
    code: code.trim(),
    names: { uz: plain(names.uz), ru: plain(names.ru) },
    texts: { uz: plain(texts.uz), ru: plain(texts.ru) },
    isOffered,
  }
}
