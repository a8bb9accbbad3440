/** For tests: a PDF as pdfkit writes it, read back by its own tables: its text, its letters, its fonts, its pages. */
import { inflateSync } from 'node:zlib'

export function pdfText(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const letters = lettersByFont(objects)
  const textOf = (stream: string) =>
    [...shownIn(stream)].map(({ font, glyph }) => letters.get(font)?.get(glyph) ?? '').join('')
  return contentsOf(objects).map(textOf).join('\n')
}

export function pageCount(pdf: Buffer): number {
  return [...objectsOf(pdf).values()].filter(({ head }) => /\/Type \/Page\b/.test(head)).length
}

/** How many letters are shown as the box that stands for a letter the font does not have. */
export function missingLetters(pdf: Buffer): number {
  return contentsOf(objectsOf(pdf))
    .flatMap((stream) => [...shownIn(stream)])
    .filter(({ glyph }) => glyph === MISSING_GLYPH).length
}

/** The fonts that a reader would have to have. */
export function fontsNotEmbedded(pdf: Buffer): string[] {
  const objects = objectsOf(pdf)
  const isEmbedded = (head: string) => {
    const descriptor = /\/FontDescriptor (\d+) 0 R/.exec(head)?.[1] ?? ''
    return /\/FontFile\d? \d+ 0 R/.test(objects.get(descriptor)?.head ?? '')
  }
  return [...objects.values()]
    .map(({ head }) => head)
    .filter((head) => /\/Type \/Font\b(?!Descriptor)/.test(head) && !head.includes('/Subtype /Type0'))
    .filter((head) => !isEmbedded(head))
    .map((head) => /\/BaseFont \/(\S+)/.exec(head)?.[1] ?? head)
}

/** Whatever the font, the first of its glyphs. */
const MISSING_GLYPH = 0

type PdfObject = { head: string; stream?: string }

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1')
  const objects = new Map<string, PdfObject>()
  for (const { 1: number = '', 2: body = '' } of text.matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const at = body.indexOf('stream\n')
    if (at < 0) objects.set(number, { head: body })
    else {
      const head = body.slice(0, at)
      const raw = Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1')
      const stream = head.includes('/FlateDecode') ? inflated(raw) : raw.toString('latin1')
      objects.set(number, { head, stream })
    }
  }
  return objects
}

function inflated(raw: Buffer): string {
  try {
    return inflateSync(raw).toString('latin1')
  } catch {
    return ''
  }
}

/** Of each font by its name on the page: what its numbers stand for. */
function lettersByFont(objects: ReadonlyMap<string, PdfObject>): Map<string, Map<number, string>> {
  const fonts = new Map<string, Map<number, string>>()
  for (const { head } of objects.values()) {
    for (const { 1: name = '', 2: number = '' } of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.head ?? '')?.[1] ?? ''
      fonts.set(name, readTable(objects.get(unicode)?.stream ?? ''))
    }
  }
  return fonts
}

function readTable(cmap: string): Map<number, string> {
  const table = new Map<number, string>()
  for (const { 1: first = '0', 2: list = '' } of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    for (const [place, { 1: codes = '' }] of [...list.matchAll(/<([^>]*)>/g)].entries()) {
      const units = codes.replaceAll(' ', '').match(/.{4}/g) ?? []
      table.set(
        Number.parseInt(first, 16) + place,
        String.fromCharCode(...units.map((one) => Number.parseInt(one, 16))),
      )
    }
  }
  return table
}

/** What is written on each page. */
function contentsOf(objects: ReadonlyMap<string, PdfObject>): string[] {
  return [...objects.values()].flatMap(({ head, stream }) =>
    stream && !head.includes('/Type /Font') && /\bBT\b/.test(stream) ? [stream] : [],
  )
}

/** The glyphs that are shown, in their order, each of its font. */
function* shownIn(stream: string): Generator<{ font: string; glyph: number }> {
  let font = ''
  for (const { 1: next, 2: shown } of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/gs)) {
    if (next) font = next
    for (const { 1: hex = '' } of (shown ?? '').matchAll(/<([0-9a-f]*)>/gi))
      for (const glyph of hex.match(/.{4}/g) ?? []) yield { font, glyph: Number.parseInt(glyph, 16) }
  }
}
