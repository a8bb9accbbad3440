/**
 * Reads of a DOCX what a letter is made of: paragraphs with their alignment and runs, tables, pictures, page breaks. What
 * a letter could have beside that and the PDF would not show is told by name, so that whoever makes a template knows.
 */
import { DOMParser, type Document, type Element } from '@xmldom/xmldom'
import { strFromU8, unzipSync } from 'fflate'
import type { NotShown } from '#core/documents/not-shown.ts'
import { type Look, readStyles } from './docx-styles.ts'

export type Run = { text: string; look: Look }
export type Block =
  | { kind: 'paragraph'; look: Look; runs: Run[] }
  | { kind: 'picture'; look: Look; bytes: Uint8Array; mime: string; width: number; height: number }
  | { kind: 'table'; widths: number[]; hasLines: boolean; rows: Block[][][] }
  | { kind: 'pageBreak' }

export type ReadLetter = {
  blocks: Block[]
  page: { width: number; height: number; margins: [left: number, top: number, right: number, bottom: number] }
  notShown: NotShown[]
}

const TWENTIETHS = 20
const EMU_TO_A_POINT = 12_700
const A4 = { width: 595.3, height: 841.9 }
const TABLE_WIDTH_POINTS = 468

type Parts = Record<string, Uint8Array>

export function readLetter(docx: Uint8Array): ReadLetter {
  const parts = unzipSync(docx)
  const document = xmlOf(parts, 'word/document.xml')
  const body = document && firstOf(document.documentElement, 'w:body')
  if (!body) throw new Error('There is no text in the document')
  const reader = new LetterReader(parts)
  return {
    blocks: childrenOf(body).flatMap((child) => reader.block(child)),
    page: pageOf(body),
    notShown: notShownIn(parts, body),
  }
}

class LetterReader {
  readonly #parts: Parts
  readonly #styles: ReturnType<typeof readStyles>
  readonly #targets: ReadonlyMap<string, string>

  constructor(parts: Parts) {
    this.#parts = parts
    this.#styles = readStyles(xmlOf(parts, 'word/styles.xml'))
    const relations = xmlOf(parts, 'word/_rels/document.xml.rels')
    this.#targets = new Map(
      childrenOf(relations?.documentElement).map((one) => [
        one.getAttribute('Id') ?? '',
        one.getAttribute('Target') ?? '',
      ]),
    )
  }

  block(element: Element): Block[] {
    if (element.nodeName === 'w:p') return this.#paragraph(element)
    if (element.nodeName === 'w:tbl') return [this.#table(element)]
    // What Word wraps around a part that is filled in by a form.
    if (element.nodeName === 'w:sdt')
      return childrenOf(firstOf(element, 'w:sdtContent')).flatMap((child) => this.block(child))
    return []
  }

  #paragraph(element: Element): Block[] {
    const properties = firstOf(element, 'w:pPr')
    const look = this.#styles.ofParagraph(properties)
    const after: Block[] = []
    const runs = deepOf(element, 'w:r').flatMap((run): Run[] => {
      after.push(...this.#pictures(run, look))
      if (deepOf(run, 'w:br').some((one) => one.getAttribute('w:type') === 'page'))
        after.push({ kind: 'pageBreak' })
      const text = textOf(run)
      return text === '' ? [] : [{ text, look: { ...look, ...this.#styles.ofRun(firstOf(run, 'w:rPr')) } }]
    })
    return runs.length > 0 || after.length === 0 ? [{ kind: 'paragraph', look, runs }, ...after] : after
  }

  #pictures(run: Element, look: Look): Block[] {
    return deepOf(run, 'a:blip').flatMap((blip): Block[] => {
      const target = this.#targets.get(blip.getAttribute('r:embed') ?? '')
      const bytes = target === undefined ? undefined : this.#parts[pathOf(target)]
      const [extent] = deepOf(run, 'wp:extent')
      const mime = mimeOf(target ?? '')
      if (!bytes || !extent || !mime) return []
      const size = (name: string) => Number(extent.getAttribute(name)) / EMU_TO_A_POINT
      return [{ kind: 'picture', look, bytes, mime, width: size('cx'), height: size('cy') }]
    })
  }

  #table(element: Element): Block {
    const grid = deepOf(firstOf(element, 'w:tblGrid'), 'w:gridCol')
    const given = grid.map((column) => Number(column.getAttribute('w:w')) / TWENTIETHS)
    const rows = childrenOf(element, 'w:tr').map((row) =>
      childrenOf(row, 'w:tc').map((cell) => childrenOf(cell).flatMap((child) => this.block(child))),
    )
    const columns = Math.max(1, ...rows.map((row) => row.length))
    const isGiven = given.length === columns && given.every((width) => width > 0)
    const widths = isGiven ? given : Array.from({ length: columns }, () => TABLE_WIDTH_POINTS / columns)
    const filled = rows.map((row) => [...row, ...Array.from({ length: columns - row.length }, () => [])])
    const properties = firstOf(element, 'w:tblPr')
    const style = firstOf(properties, 'w:tblStyle')?.getAttribute('w:val') ?? ''
    const hasLines = deepOf(properties, 'w:tblBorders').length > 0 || /grid/i.test(style)
    return { kind: 'table', widths, hasLines, rows: filled }
  }
}

function textOf(run: Element): string {
  return childrenOf(run)
    .map((child) => {
      if (child.nodeName === 'w:t') return child.textContent ?? ''
      if (child.nodeName === 'w:tab') return '    '
      return child.nodeName === 'w:br' && child.getAttribute('w:type') !== 'page' ? '\n' : ''
    })
    .join('')
}

function pageOf(body: Element): ReadLetter['page'] {
  const section = firstOf(body, 'w:sectPr')
  const points = (element: Element | undefined, name: string, otherwise: number) => {
    const value = Number(element?.getAttribute(name) ?? Number.NaN) / TWENTIETHS
    return value > 0 ? value : otherwise
  }
  const size = firstOf(section, 'w:pgSz')
  const margin = firstOf(section, 'w:pgMar')
  const at = (side: string) => points(margin, `w:${side}`, 56.7)
  return {
    width: points(size, 'w:w', A4.width),
    height: points(size, 'w:h', A4.height),
    margins: [at('left'), at('top'), at('right'), at('bottom')],
  }
}

function notShownIn(parts: Parts, body: Element): NotShown[] {
  const names = Object.keys(parts)
  const has = (tag: string) => deepOf(body, tag).length > 0
  const found: [NotShown, boolean][] = [
    ['header', names.some((name) => /^word\/header\d*\.xml$/.test(name)) && has('w:headerReference')],
    ['footer', names.some((name) => /^word\/footer\d*\.xml$/.test(name)) && has('w:footerReference')],
    ['numbering', has('w:numPr')],
    ['shape', has('wps:wsp') || has('v:shape') || has('w:txbxContent') || has('wp:anchor')],
    ['columns', deepOf(body, 'w:cols').some((one) => Number(one.getAttribute('w:num') ?? 1) > 1)],
    ['footnote', has('w:footnoteReference')],
  ]
  return found.filter(([, isThere]) => isThere).map(([name]) => name)
}

function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `word/${target}`
}

function mimeOf(target: string): string | undefined {
  if (/\.png$/i.test(target)) return 'image/png'
  return /\.jpe?g$/i.test(target) ? 'image/jpeg' : undefined
}

// XML -----------------------------------------------------------------------------

function xmlOf(parts: Parts, name: string): Document | undefined {
  const part = parts[name]
  return part && new DOMParser().parseFromString(strFromU8(part), 'text/xml')
}

function childrenOf(element: Element | null | undefined, name?: string): Element[] {
  const elements = Array.from(element?.childNodes ?? []).filter((node) => node.nodeType === 1) as Element[]
  return name === undefined ? elements : elements.filter((one) => one.nodeName === name)
}

function firstOf(element: Element | null | undefined, name: string): Element | undefined {
  return childrenOf(element, name)[0]
}

function deepOf(element: Element | null | undefined, name: string): Element[] {
  return element ? (Array.from(element.getElementsByTagName(name)) as Element[]) : []
}
