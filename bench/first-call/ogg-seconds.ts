/** How long an Ogg Opus file plays (RFC 7845): the position of its last page less what a player skips at the start. */

const SAMPLES_PER_SECOND = 48_000
const PAGE_HEADER_BYTES = 27
const POSITION_AT = 6
const SKIP_AT = 10

export function oggSeconds(file: Buffer): number {
  const head = file.indexOf('OpusHead')
  const lastPage = file.lastIndexOf('OggS')
  if (head < 0 || lastPage < 0 || lastPage + PAGE_HEADER_BYTES > file.length) return 0
  const end = Number(file.readBigInt64LE(lastPage + POSITION_AT))
  return (end - file.readUInt16LE(head + SKIP_AT)) / SAMPLES_PER_SECOND
}
