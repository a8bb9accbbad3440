/** Passwords: kept as argon2id hashes with a salt each, and compared in the same time whether or not the login exists. */
import { randomBytes } from 'node:crypto'
import { hash, type Options, verify } from '@node-rs/argon2'

/** OWASP's choice for argon2id: 19 MiB, two passes, one lane. The library's own algorithm is argon2id. */
const ARGON2: Options = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, outputLen: 32 }
const GENERATED_PASSWORD_BYTES = 12

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2)
}

let nobodysHash: Promise<string> | undefined

/** Whether the password is right. Without a hash it does the same work, and the answer is no. */
export async function isPasswordRight(password: string, passwordHash: string | undefined): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(32).toString('hex'))
  const right = await verify(passwordHash ?? (await nobodysHash), password)
  return right && passwordHash !== undefined
}

/** Sixteen letters and digits: 96 bits. */
export function generatePassword(): string {
  return randomBytes(GENERATED_PASSWORD_BYTES)
    .toString('base64url')
    .replace(/[-_]/g, (sign) => (sign === '-' ? 'x' : 'y'))
}
