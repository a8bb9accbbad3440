/**
 * Files that people send and that we make, each kept once under the hash of its content.
 *
 * What must hold: a row is committed only when its file is whole on the disk; what broke off half way leaves nothing
 * that anybody could see; and no file is swept that something names or that somebody has just sent. The row of a file
 * is locked while the file is put into place or taken away, so the two never meet.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Instant } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import { type RoomDeps, roomFor } from './room.ts'
import { PART, pathIn, sweepFiles } from './sweeping.ts'

/** Whoever fills in a form with an attachment has that long to send it off. */
const UNNAMED_KEPT_HOURS = 24
const HOUR_MS = 3_600_000
const OWNER_ONLY = 0o600
const FOLDER_MODE = 0o700

/** On the disk, whole, and named by nothing yet. */
export type ArrivedFile = { readonly path: string; readonly sha256: string; readonly bytes: number }
export type KeptFile = Pick<ArrivedFile, 'sha256' | 'bytes'>

export type FileService = ReturnType<typeof fileService>

export function fileService({ db, now = Date.now, ...room }: FileServiceDeps) {
  const { folder } = room
  const pathOf = (sha256: string) => pathIn(folder, sha256)

  /** Until it is kept or discarded it is a part, which is nobody's. */
  async function arrive(
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    maxBytes: number,
  ): Promise<ArrivedFile> {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE })
    const path = join(folder, `${randomUUID()}${PART}`)
    try {
      return { path, ...(await write(path, content, maxBytes)) }
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
  }

  /** From now on it is there under its hash, and its part is gone. */
  async function keep(arrived: ArrivedFile): Promise<KeptFile> {
    const { bytes, path, sha256 } = arrived
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('stored_files')
        .values({ sha256, bytes, seen_at: new Date(now()) })
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ seen_at: new Date(now()) }))
        .execute()
      await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true, mode: FOLDER_MODE })
      await rename(path, pathOf(sha256))
      await syncFolder(join(folder, sha256.slice(0, 2)))
    })
    return { sha256, bytes }
  }

  return {
    /** For what people send; what we make ourselves is small, and the law asks for it. */
    mustHaveRoom: roomFor(room),
    arrive,
    keep,
    discard: ({ path }: ArrivedFile): Promise<void> => rm(path, { force: true }),

    /** What we made ourselves. */
    async keepBytes(content: Uint8Array): Promise<KeptFile> {
      const arrived = await arrive([content], content.length)
      try {
        return await keep(arrived)
      } finally {
        await rm(arrived.path, { force: true })
      }
    },

    /** As it was kept, or not at all: a disk that has changed a file is noticed before anybody trusts it. */
    async read({ sha256 }: { sha256: string }): Promise<Buffer> {
      const content = await readFile(pathOf(sha256))
      if (createHash('sha256').update(content).digest('hex') !== sha256)
        throw new Error(`The file ${sha256} is not what was kept`)
      return content
    },

    stream: (sha256: string) => createReadStream(pathOf(sha256)),

    /** Takes away what nothing names and what broke off; says how many files went. */
    async sweep(): Promise<number> {
      return await sweepFiles({ db, folder, before: new Date(now() - UNNAMED_KEPT_HOURS * HOUR_MS) })
    },
  }
}

export type FileServiceDeps = RoomDeps & { db: Kysely<Database>; now?: () => Instant }

async function write(
  path: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): Promise<KeptFile> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx', OWNER_ONLY)
  try {
    for await (const chunk of content) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new Refusal('fileTooLarge', `The file is over ${maxBytes} bytes`)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    if (bytes === 0) throw new Refusal('fileEmpty', 'The file has nothing in it')
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** A new name is safe only when its folder has been written too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
