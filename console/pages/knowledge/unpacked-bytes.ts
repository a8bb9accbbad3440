/**
 * What the files of a zip archive take once they are unpacked, as its directory says (APPNOTE.TXT, 4.3.12 and 4.3.16).
 * Whoever unpacks it takes no more room than is said there, so one that lies is cut off and not read.
 */
const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const COMMENT_MAX_BYTES = 65_535
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_BYTES = 46

/** Nothing where it is no archive. */
export function unpackedBytes(archive: ArrayBuffer): number {
  const view = new DataView(archive)
  const end = endOf(view)
  if (end === undefined) return 0
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let bytes = 0
  for (let entry = 0; entry < count; entry++) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE) break
    bytes += view.getUint32(at + 24, true)
    // Name, extra field and comment follow.
    at += ENTRY_BYTES + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0)
  }
  return bytes
}

function endOf(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - COMMENT_MAX_BYTES)
  for (let at = view.byteLength - END_BYTES; at >= first; at--)
    if (view.getUint32(at, true) === END_SIGNATURE) return at
  return undefined
}
