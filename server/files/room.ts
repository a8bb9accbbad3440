/**
 * Whether the disk has room for what people send. Calls, their recordings and the database come first: below a floor
 * nothing is taken any more, and somebody is told.
 */
import { mkdir, statfs } from 'node:fs/promises'
import { Refusal } from '../errors.ts'

const MIB_BYTES = 1024 * 1024

export type RoomDeps = {
  folder: string
  /** Of the disk so much stays free. */
  floorBytes?: number
  /** Told in one sentence when there is no room. */
  full?: (detail: string) => Promise<unknown>
  freeBytes?: (folder: string) => Promise<number>
}

/** Refuses with `noRoomForFiles` what would leave less than the floor. */
export function roomFor({ folder, floorBytes = 0, full, freeBytes = freeIn }: RoomDeps) {
  return async (bytes: number): Promise<void> => {
    const free = await freeBytes(folder)
    if (free - bytes >= floorBytes) return
    const said = `${Math.floor(free / MIB_BYTES)} MiB are free, ${Math.floor(floorBytes / MIB_BYTES)} MiB stay so`
    await full?.(`Files are not taken: ${said}.`)
    throw new Refusal('noRoomForFiles', said)
  }
}

async function freeIn(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
