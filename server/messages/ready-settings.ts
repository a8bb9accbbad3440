/** The messages that an administrator has written for agents to send: one setting, read whenever one is chosen. */
import type { Kysely } from 'kysely'
import type { SaveReadyMessages } from '#contract/messages.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { checkReadyMessages, FIRST_READY_MESSAGES, type ReadyMessage } from '#core/messages/ready-messages.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { ReadyMessageEvent } from './events.ts'

const SETTING = 'readyMessages'
/** Longer than a text may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 2_000

export async function readMessages(db: Kysely<Database>, { isLocked = false } = {}) {
  const row = await db
    .selectFrom('settings')
    .select(['value', 'changed_at'])
    .where('name', '=', SETTING)
    .$if(isLocked, (query) => query.forUpdate())
    .executeTakeFirst()
  const { messages = FIRST_READY_MESSAGES } = (row?.value ?? {}) as { messages?: readonly ReadyMessage[] }
  return { changedAt: row?.changed_at.getTime() ?? null, messages }
}

export async function saveMessages(
  db: Kysely<Database>,
  { basedOn, messages: asked }: SaveReadyMessages,
  by: StaffId,
): Promise<void> {
  const messages = asked.map(cleaned)
  const problems = checkReadyMessages(messages)
  if (problems.length > 0) throw new SettingsHaveProblems(problems)
  const value = JSON.stringify({ messages })
  const changedAt = new Date()
  await db.transaction().execute(async (trx) => {
    const known = await readMessages(trx, { isLocked: true })
    if (known.changedAt !== basedOn)
      throw new Refusal('changedMeanwhile', 'Somebody else has changed the messages')
    await trx
      .insertInto('settings')
      .values({ name: SETTING, value, changed_at: changedAt })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: changedAt }))
      .execute()
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
