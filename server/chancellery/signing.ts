/**
 * The organisation's own signature under what it sends: Ed25519, by a key that is made at the first need and stays in
 * DATA/keys. Whoever has the public key, which the settings show, knows that a package is ours and that nothing of it
 * was changed: the package lists the hash of each of its files.
 */
import { createPublicKey, generateKeyPairSync, type KeyObject, createPrivateKey, sign } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const OWNER_ONLY = 0o600
const KEY_FILE = 'dispatch.key'

export type Signer = {
  publicKey(): Promise<string>
  sign(content: Uint8Array): Promise<Buffer>
}

export function signer(keys: string): Signer {
  let held: Promise<KeyObject> | undefined
  const key = () => {
    held ??= readOrMake(keys).catch((error: unknown) => {
      held = undefined
      throw error
    })
    return held
  }
  return {
    async publicKey() {
      return createPublicKey(await key())
        .export({ type: 'spki', format: 'pem' })
        .toString()
    },
    async sign(content) {
      return sign(null, content, await key())
    },
  }
}

async function readOrMake(keys: string): Promise<KeyObject> {
  const path = join(keys, KEY_FILE)
  const there = await read(path)
  if (there) return createPrivateKey(there)
  await mkdir(keys, { recursive: true, mode: 0o700 })
  const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  try {
    const file = await open(path, 'wx', OWNER_ONLY)
    try {
      await file.writeFile(made)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    // Another process of this copy made it meanwhile: there is one key.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return createPrivateKey(await readFile(path))
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
