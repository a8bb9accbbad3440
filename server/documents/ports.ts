/** What documents need from outside. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Role } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'
import type { FileService } from '../files/service.ts'
import type { renderLetter } from './render.ts'

export type DocumentServiceDeps = {
  db: Kysely<Database>
  log: Logger
  files: FileService
  /** Refuses who may not see the appeal. */
  mustSee: (appeal: AppealId, by: Reader) => Promise<unknown>
  /** What the citizen attached, in its order. */
  attachmentsOf: (
    appeal: AppealId,
  ) => Promise<readonly { part: string; name: string | null; bytes: number }[]>
  /** Where citizens find the portal, which the QR code leads to; empty where nobody has said it. */
  portalAddress: () => Promise<string>
  changed?: (appeal: AppealId) => void
  render?: typeof renderLetter
  now?: () => Instant
}

export type Reader = { readonly id: StaffId; readonly role: Role }
