/**
 * The code that belongs to one appeal: whoever has it beside the number sees how the appeal stands. It is read out and
 * copied by hand, so it has no letters that look alike; one in thirty to the eighth is right, and trying is bounded.
 */

/** Without 0 and O, 1, I and L, and U, which is heard as V. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const FOLLOW_CODE_LETTERS = 8

/** From bytes that nobody can guess; as many as letters or more. */
export function followCodeFrom(bytes: Uint8Array): string {
  let number = bytes.slice(0, FOLLOW_CODE_LETTERS).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  let code = ''
  while (code.length < FOLLOW_CODE_LETTERS) {
    code += LETTERS.charAt(Number(number % BigInt(LETTERS.length)))
    number /= BigInt(LETTERS.length)
  }
  return code
}

/** `4F7K-2M9P`, as it is shown and sent. */
export function writtenFollowCode(code: string): string {
  return `${code.slice(0, FOLLOW_CODE_LETTERS / 2)}-${code.slice(FOLLOW_CODE_LETTERS / 2)}`
}

/** What was typed: in small letters, with spaces or dashes. What cannot be a code is read as one that opens nothing. */
export function readFollowCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, FOLLOW_CODE_LETTERS * 2)
}
