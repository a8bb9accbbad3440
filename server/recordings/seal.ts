/**
 * Sealing: a recording is encrypted with a key of its own, which only the organisation's identity can open (format:
 * age-encryption.org/v1). Whoever seals needs the public recipient alone, so a machine that records need not be able
 * to listen, and a stolen disk without DATA/keys/recordings.key holds nothing to hear.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'

const AGE_HEADER = 'age-encryption.org/v1\n-> X25519 '
const OWNER_ONLY = 0o600

export class NoRecipient extends Error {
  constructor(why: string) {
    super(`There is no public key to seal recordings with: ${why}`)
    this.name = 'NoRecipient'
  }
}

/**
 * Makes the organisation's pair of keys at the very first start. Where recordings are there already and the keys are
 * not, none are made: sealing with another key unnoticed would be worse than waiting for the right one.
 */
export async function ensureKeys(keys: string, recordings: string): Promise<void> {
  await mkdir(keys, { recursive: true, mode: 0o700 })
  if (await readText(recipientPath(keys))) return
  const identity = await readIdentity(keys)
  if (!identity && (await holdsAnything(recordings))) return

  const made = identity ?? (await generateX25519Identity())
  if (!identity) await writeWhole(identityPath(keys), [Buffer.from(`${made}\n`)])
  await writeWhole(recipientPath(keys), [Buffer.from(`${await identityToRecipient(made)}\n`)])
}

/** Read anew for every recording: when it is put back, the next one is sealed. */
export async function readRecipient(keys: string): Promise<string> {
  const recipient = await readText(recipientPath(keys))
  if (!recipient) throw new NoRecipient('recordings.pub is missing or empty')
  return recipient
}

/** Absent where the organisation keeps it elsewhere. */
export const readIdentity = (keys: string): Promise<string | undefined> => readText(identityPath(keys))

export type Sealed = { bytes: number; sha256: string }

export async function sealTo(path: string, plain: Uint8Array, recipient: string): Promise<Sealed> {
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(recipient)
  } catch (error) {
    throw new NoRecipient(error instanceof Error ? error.message : String(error))
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return await writeWhole(path, await encrypter.encrypt(webStream([plain])))
}

/** Reads the file back from the disk, whole. */
export async function readBack(path: string): Promise<Sealed & { isSealed: boolean }> {
  const hash = createHash('sha256')
  let bytes = 0
  let start = Buffer.alloc(0)
  for await (const chunk of createReadStream(path) as ReadStream & AsyncIterable<Buffer>) {
    if (start.length < AGE_HEADER.length) start = Buffer.concat([start, chunk.subarray(0, AGE_HEADER.length)])
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex'), isSealed: start.toString('latin1').startsWith(AGE_HEADER) }
}

/** Every byte is authenticated while it is decrypted: what comes out is what was sealed. */
export async function unseal(path: string, identity: string): Promise<Buffer> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const plain = await decrypter.decrypt(webStream(createReadStream(path)))
  const chunks: Uint8Array[] = []
  for await (const chunk of plain) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Beside, made sure of, named: after a power cut there is the whole file or none. */
async function writeWhole(
  path: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Sealed> {
  const temporary = `${path}.${randomUUID()}.part`
  try {
    const hash = createHash('sha256')
    let bytes = 0
    const file = await open(temporary, 'wx', OWNER_ONLY)
    try {
      for await (const chunk of content) {
        hash.update(chunk)
        bytes += chunk.length
        await file.writeFile(chunk)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
    return { bytes, sha256: hash.digest('hex') }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
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

function webStream(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(chunks)) as unknown as ReadableStream<Uint8Array>
}

const identityPath = (keys: string) => join(keys, 'recordings.key')
const recipientPath = (keys: string) => join(keys, 'recordings.pub')

async function holdsAnything(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).length > 0
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim() || undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
