/**
 * What was approved goes to the chancellery exactly once: the wish to send it is written with the move, it is tried
 * until the chancellery's system says that it has it, each time with the same key, and that is written once.
 *
 * A server that dies in between sends again, and the key makes the second one the first. Whoever works in the console
 * instead needs no sending: then the appeal is simply there. Either way somebody has to take it in, and an alarm says
 * when nobody does.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { findDispatch, listUnreceived, wasHandedOver } from './dispatch-store.ts'
import type { AppealEvent } from './events.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Chancellery, PackageFile } from './ports.ts'

/** A working day and the night before it: the chancellery looks at what came in every day. */
const RECEIVED_WITHIN_HOURS = 24
const UNRECEIVED_MAX_ALARMS = 200
const HOUR_MS = 3_600_000

export type DispatchDeps = {
  db: Kysely<Database>
  log: Logger
  /** None where the chancellery works in the console. */
  chancellery: () => Promise<Chancellery | undefined>
  /** The document of that move, made the first time it is asked for, and what the citizen attached. */
  filesOf: (step: string, appeal: { id: AppealId; number: string }) => Promise<readonly PackageFile[]>
  raiseAlarm: (alarm: { kind: string; subject: string; detail: string }) => Promise<void>
  /** After the commit: open cards look again. */
  changed?: (appeal: AppealId) => void
  now?: () => Instant
}

export type Dispatching = ReturnType<typeof dispatching>

export function dispatching({
  db,
  log,
  chancellery,
  filesOf,
  raiseAlarm,
  changed,
  now = Date.now,
}: DispatchDeps) {
  return {
    /** Throws when it should be tried again. */
    async send(step: string): Promise<void> {
      const dispatch = await findDispatch(db, step)
      // Sent back or taken back meanwhile; and a report of corruption is handed from hand to hand.
      if (!dispatch || dispatch.status !== 'dispatched' || dispatch.track === 'trust') return
      if (await wasHandedOver(db, keyOf(step))) return
      const { facts } = dispatch
      // Also where nothing is sent: the chancellery works with it in the console.
      const files = await filesOf(step, { id: dispatch.appeal, number: facts.number })
      const system = await chancellery()
      if (!system) return
      const { incomingNumber, receipt } = await system.take(step, { ...facts, files })
      await db.transaction().execute((trx) =>
        record<AppealEvent>(
          trx,
          {
            type: 'appealHandedOver',
            appeal: dispatch.appeal,
            step,
            incomingNumber,
            ...(receipt !== undefined && { receipt }),
          },
          { at: new Date(now()), key: keyOf(step) },
        ),
      )
      log.info({ appeal: dispatch.appeal, step }, 'appeal handed over to the chancellery')
      changed?.(dispatch.appeal)
    },

    /** Says which appeals were sent and not taken in. */
    async alarmUnreceived(): Promise<number> {
      const before = new Date(now() - RECEIVED_WITHIN_HOURS * HOUR_MS)
      const rows = await listUnreceived(db, before, UNRECEIVED_MAX_ALARMS)
      for (const { at, incoming_number, number } of rows) {
        const said =
          incoming_number === null
            ? 'the chancellery has given it no incoming number'
            : `its system has it under ${incoming_number}, but nobody has taken it in here`
        const detail = `Sent on ${tashkentDay(at.getTime())}, and ${said}.`
        await raiseAlarm({ kind: 'appealNotReceived', subject: number, detail })
      }
      return rows.length
    },
  }
}

function keyOf(step: string): string {
  return `handedOver:${step}`
}
