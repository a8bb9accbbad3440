/** An address as a QR code, as a PNG: the one form that Word and the PDF both show. */
import { crc32, deflateSync } from 'node:zlib'
import encodeQr from 'qr'

const DOTS_PER_MODULE = 6
const BORDER_MODULES = 2
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export type Picture = { png: Buffer; dots: number }

export function qrPicture(text: string): Picture {
  const modules = encodeQr(text, 'raw', { ecc: 'medium', border: BORDER_MODULES, scale: DOTS_PER_MODULE })
  const dots = modules.length
  // A line is a byte that says "as it is" and then a bit for each dot: 1 is white.
  const lineBytes = 1 + Math.ceil(dots / 8)
  const lines = Buffer.alloc(lineBytes * dots)
  for (const [row, line] of modules.entries())
    for (const [column, isDark] of line.entries())
      if (!isDark) setBit(lines, row * lineBytes + 1 + (column >> 3), 7 - (column % 8))
  return { png: png(dots, deflateSync(lines, { level: 9 })), dots }
}

function setBit(bytes: Buffer, at: number, bit: number): void {
  bytes[at] = (bytes[at] ?? 0) | (1 << bit)
}

function png(dots: number, packed: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(dots, 0)
  header.writeUInt32BE(dots, 4)
  // One bit for each dot, grey.
  header.writeUInt8(1, 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
