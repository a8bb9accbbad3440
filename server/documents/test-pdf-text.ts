/** For tests: the text of a PDF as pdfkit writes it, read back by its own tables of letters. */
import { inflateSync } from 'node:zlib'

export function pdfText(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const letters = lettersByFont(objects)
  const contents = [...objects.values()].filter(
    ({ head, stream }) => stream && !head.includes('/Type /Font') && /\bBT\b/.test(stream),
  )
  return contents.map(({ stream = '' }) => textOf(stream, letters)).join('\n')
}

export function pageCount(pdf: Buffer): number {
  return [...objectsOf(pdf).values()].filter(({ head }) => /\/Type \/Page\b/.test(head)).length
}

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

function textOf(stream: string, letters: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let table: ReadonlyMap<number, string> | undefined
  let text = ''
  for (const { 1: font, 2: shown } of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/gs)) {
    if (font) table = letters.get(font)
    for (const { 1: hex = '' } of (shown ?? '').matchAll(/<([0-9a-f]*)>/gi))
      for (const glyph of hex.match(/.{4}/g) ?? []) text += table?.get(Number.parseInt(glyph, 16)) ?? ''
  }
  return text
}
