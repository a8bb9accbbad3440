/**
 * What is attached to an appeal: looked through before it is taken, kept once by its content, and never shown, only
 * handed out as a file to whoever may see the appeal, which is written down.
 *
 * The portal takes the same way: `receive` each file of a form, then `attach` them in the transaction that registers
 * the appeal. What was received and never attached is swept.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { AttachmentRow } from '#contract/attachments.ts'
import { ATTACHMENT_TYPES, type AttachmentType } from '#core/attachments/attachment-types.ts'
import type { AppealId, AttachmentId, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Role } from '#core/staff/permissions.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { FileService } from '../files/service.ts'
import { attach, attachOnce, mustRemoveFrom, wasAttached } from './attaching.ts'
import type { AttachmentEvent } from './events.ts'
import type { VirusScan } from './ports.ts'
import { receiver, type SentFile } from './receiving.ts'
import { findAttachment, listAttachments, listKept, lockAppeal, removeAttachment } from './store.ts'
import { tickets } from './tickets.ts'

export type { SentFile }

export type AttachmentServiceDeps = {
  db: Kysely<Database>
  log: Logger
  files: FileService
  /** Refuses who may not see the appeal. */
  mustSee: (appeal: AppealId, by: Attacher) => Promise<unknown>
  secret: string
  /** Under which name files are served, where it is another than the console's. */
  filesOrigin?: string | undefined
  /** None where no such program has been set up. */
  virusScan?: VirusScan | undefined
  changed?: (appeal: AppealId) => void
  now?: () => Instant
}

export type Attacher = { readonly id: StaffId; readonly role: Role }

export type AttachmentService = ReturnType<typeof attachmentService>

export function attachmentService(deps: AttachmentServiceDeps) {
  const { changed, db, files, filesOrigin = '', log, mustSee, now = Date.now, virusScan } = deps
  const ticket = tickets(deps.secret)
  const receive = receiver({ files, virusScan })

  return {
    receive,

    /** In the transaction of whatever the file belongs to; the appeal's row is locked, or was made in it. */
    attach,

    async add(
      appeal: AppealId,
      sent: SentFile & { requestKey: string },
      by: Attacher,
    ): Promise<AttachmentRow[]> {
      await mustSee(appeal, by)
      const { requestKey } = sent
      if (!(await wasAttached(db, appeal, requestKey))) {
        const received = await receive(sent)
        await attachOnce(db, appeal, received, { requestKey, by: by.id, role: by.role, at: now() })
        log.info({ appeal, type: received.type, bytes: received.bytes, staff: by.id }, 'attachment added')
        changed?.(appeal)
      }
      return await listAttachments(db, appeal)
    },

    async list(appeal: AppealId, by: Attacher): Promise<AttachmentRow[]> {
      await mustSee(appeal, by)
      return await listAttachments(db, appeal)
    },

    async remove(id: AttachmentId, by: Attacher): Promise<AttachmentRow[]> {
      const { added_by, appeal, part } = await found(id, by)
      await db.transaction().execute(async (trx) => {
        mustRemoveFrom(await lockAppeal(trx, appeal), by.role, { part, isOwn: added_by === by.id })
        if (!(await removeAttachment(trx, id, { id: by.id, at: new Date(now()) }))) return
        await record<AttachmentEvent>(trx, { type: 'attachmentRemoved', appeal, attachment: id, by: by.id })
      })
      log.info({ appeal, attachment: id, staff: by.id }, 'attachment removed')
      changed?.(appeal)
      return await listAttachments(db, appeal)
    },

    /** Where it can be fetched within the next minute; that it was opened is written down first. */
    async open(id: AttachmentId, by: Attacher): Promise<string> {
      const { appeal, sha256 } = await found(id, by)
      if (sha256 === null) throw new Refusal('notFound', `Attachment ${id} was removed`)
      await db
        .transaction()
        .execute((trx) =>
          record<AttachmentEvent>(trx, { type: 'attachmentOpened', appeal, attachment: id, by: by.id }),
        )
      log.info({ appeal, attachment: id, staff: by.id }, 'attachment opened')
      return `${filesOrigin}/api/files/${id}/${ticket.issue(id, now())}`
    },

    /** For the portal, which has asked whose file it is and written down that it was given. */
    ticketFor: (id: AttachmentId): string => ticket.issue(id, now()),

    /** For whoever holds a ticket. */
    async fetch(id: AttachmentId, given: string) {
      const row = ticket.isValid(id, given, now()) ? await findAttachment(db, id) : undefined
      if (!row?.sha256 || row.name === null) throw new Refusal('notFound', 'There is no such file')
      const mime = ATTACHMENT_TYPES[row.type as AttachmentType].mime
      return { name: row.name, mime, bytes: row.bytes, stream: () => files.stream(row.sha256 as string) }
    },

    /** What belongs to an appeal, for the package that goes to the chancellery. */
    kept: (appeal: AppealId) => listKept(db, appeal),
  }

  async function found(id: AttachmentId, by: Attacher) {
    const row = await findAttachment(db, id)
    if (!row) throw new Refusal('notFound', `No attachment ${id}`)
    await mustSee(row.appeal, by)
    return row
  }
}
