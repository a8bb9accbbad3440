/**
 * The streams of a compound file (MS-CFB), each a chain of sectors through the file's allocation table; short ones lie in
 * the mini stream, which is itself the stream of the root.
 *
 * A chain that leads out of the file, or in a circle, is no stream: whoever asks for it treats the file as broken.
 */
const HEADER_DIFAT_ENTRIES = 109
const DIFAT_AT = 76
const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const HEADER_BYTES = 512
const END_OF_CHAIN = 0xfffffffe
/** Above it a number means something else than a sector. */
const SECTOR_MAX = 0xfffffffa
/** 512 bytes and 4096: the two there are. */
const SECTOR_SHIFTS = [9, 12]
const MINI_SHIFT = 6
const NUMBER_BYTES = 4
export const ENTRY_BYTES = 128

/** Where a stream begins, as its entry in the directory says. */
export type StreamPlace = { readonly start: number; readonly bytes: number }

export type OleStreams = {
  /** The content of a stream; nothing where its chain is broken. */
  read(stream: StreamPlace): Uint8Array | undefined
}

export function beginsAsOle(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte)
}

export function oleStreams(bytes: Uint8Array): OleStreams | undefined {
  if (bytes.length < HEADER_BYTES || !beginsAsOle(bytes)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(30, true)
  if (!SECTOR_SHIFTS.includes(shift) || view.getUint16(32, true) !== MINI_SHIFT) return undefined
  const file = sectorsOf(bytes, { shift, firstAt: 1 << shift })
  const table = allocationTable(view, file)
  const shortUpTo = view.getUint32(56, true)
  const miniStart = view.getUint32(60, true)
  // The root is the first entry of the directory.
  const directory = file.one(view.getUint32(48, true))
  const root = directory && directory.length >= ENTRY_BYTES ? placeIn(directory) : undefined

  function readLong({ start, bytes: length }: StreamPlace): Uint8Array | undefined {
    const chain = chainFrom(start, table)
    return chain && file.joined(chain, length)
  }

  return {
    read(stream) {
      if (stream.bytes === 0) return new Uint8Array()
      if (stream.bytes >= shortUpTo) return readLong(stream)
      const mini = root && readLong(root)
      const miniChain = chainFrom(miniStart, table)
      const miniTable = miniChain && numbersIn(file.joined(miniChain))
      const chain = miniTable && chainFrom(stream.start, miniTable)
      return mini && chain && sectorsOf(mini, { shift: MINI_SHIFT, firstAt: 0 }).joined(chain, stream.bytes)
    },
  }
}

/** Where the stream of an entry of the directory lies. */
export function placeIn(entry: Uint8Array): StreamPlace {
  const view = new DataView(entry.buffer, entry.byteOffset, entry.byteLength)
  return { start: view.getUint32(116, true), bytes: view.getUint32(120, true) }
}

type Sectors = ReturnType<typeof sectorsOf>

function sectorsOf(bytes: Uint8Array, { firstAt, shift }: { firstAt: number; shift: number }) {
  /** The last sector of a file may be cut short. */
  const one = (place: number) => {
    const at = firstAt + place * (1 << shift)
    return at < bytes.length ? bytes.subarray(at, at + (1 << shift)) : undefined
  }

  /** As many bytes as there are meant to be; nothing where there are fewer. */
  function joined(chain: readonly number[], length?: number): Uint8Array | undefined {
    const parts = chain.map(one)
    if (parts.some((part) => part === undefined)) return undefined
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + (part?.length ?? 0), 0))
    let at = 0
    for (const part of parts as Uint8Array[]) {
      whole.set(part, at)
      at += part.length
    }
    if (length === undefined) return whole
    return whole.length < length ? undefined : whole.subarray(0, length)
  }

  return { one, joined, count: Math.ceil(Math.max(0, bytes.length - firstAt) / (1 << shift)) }
}

/** Of each sector the one that comes after it. */
function allocationTable(view: DataView, file: Sectors): Uint32Array {
  const ofTable: number[] = []
  for (let place = 0; place < HEADER_DIFAT_ENTRIES; place++)
    ofTable.push(view.getUint32(DIFAT_AT + place * NUMBER_BYTES, true))
  // Of large files the list goes on in sectors of its own, each naming the next by its last number.
  let next = view.getUint32(68, true)
  for (let seen = 0; next < SECTOR_MAX && seen <= file.count; seen++) {
    const numbers = numbersIn(file.one(next))
    if (!numbers || numbers.length === 0) break
    ofTable.push(...numbers.subarray(0, -1))
    next = numbers.at(-1) ?? END_OF_CHAIN
  }
  const sectors = ofTable.filter((place) => place < SECTOR_MAX).slice(0, file.count)
  const table = file.joined(sectors.filter((place) => file.one(place) !== undefined))
  return numbersIn(table) ?? new Uint32Array()
}

function numbersIn(bytes: Uint8Array | undefined): Uint32Array | undefined {
  if (!bytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: Math.floor(bytes.length / NUMBER_BYTES) }, (_, place) =>
    view.getUint32(place * NUMBER_BYTES, true),
  )
}

function chainFrom(start: number, table: Uint32Array): number[] | undefined {
  const chain: number[] = []
  for (let place = start; place !== END_OF_CHAIN; place = table[place] ?? END_OF_CHAIN) {
    if (place >= table.length || chain.length >= table.length) return undefined
    chain.push(place)
  }
  return chain
}
