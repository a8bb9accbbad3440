/**
 * What a gateway reports of messages it took: whether they reached the telephone.
 *
 * Its reports are signed by nothing, so they come to an address that only the gateway was told. Each is noted once: one
 * that comes again, late, or of a message that is not ours changes nothing and is answered like any other, because a gateway goes
 * on sending what was refused.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { hasArrived, MESSAGE_MOVES } from '#core/messages/message-status.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { MessageEvent } from './events.ts'
import type { DeliveryReport, SmsSender } from './ports.ts'
import { addToldJob, isToldOf, putReported } from './store.ts'

type Deps = {
  db: Kysely<Database>
  log: Logger
  sender(): Promise<SmsSender | undefined>
  callMessageMoved?: ((call: CallId) => void) | undefined
  now: () => Instant
}

const EVENT_OF = { deliver: 'messageDelivered', bounce: 'messageUndelivered' } as const

export function reporting({ db, log, sender, callMessageMoved, now }: Deps) {
  async function note({ action, id }: DeliveryReport): Promise<void> {
    const status = MESSAGE_MOVES.sent[action]
    if (!status) return
    const message = await db.transaction().execute(async (trx) => {
      const found = await putReported(trx, id, { status, at: new Date(now()) })
      if (!found) return undefined
      const { appeal, call, kind } = found
      await record<MessageEvent>(trx, {
        type: EVENT_OF[action],
        message: id,
        kind,
        ...(appeal && { appeal }),
        ...(call && { call }),
      })
      if (hasArrived(status, { withReports: true }) && isToldOf(found)) await addToldJob(trx, id)
      return found
    })
    log.info(
      { message: id, kind: message?.kind, status },
      message ? 'message reported' : 'report of no message',
    )
    if (message?.call) callMessageMoved?.(message.call)
  }

  return {
    /** Refuses whoever does not know the address, and what is no report at all. */
    async take(token: string, body: unknown): Promise<void> {
      const reports = (await sender())?.reports
      if (!reports || !isSame(reports.token, token))
        throw new Refusal('notFound', 'No reports are expected here')
      for (const report of reports.read(body)) await note(report)
    },
  }
}

/** As long for a right one as for a wrong one, however long it is. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(a, b)
}
