/** How a paragraph or a run of a DOCX looks: what is said at it, else by its style, else by the style that is built on. */
import type { Document, Element } from '@xmldom/xmldom'

export type Look = {
  align?: 'left' | 'center' | 'right' | 'justify'
  isBold?: boolean
  isItalic?: boolean
  isUnderlined?: boolean
  /** In points. */
  size?: number
  before?: number
  after?: number
  indent?: number
}

const ALIGN: Readonly<Record<string, Look['align']>> = {
  center: 'center',
  right: 'right',
  end: 'right',
  both: 'justify',
  left: 'left',
  start: 'left',
}
const TWENTIETHS = 20
/** A style that is built on itself would never end. */
const BUILT_ON_MAX = 10

export function readStyles(document: Document | undefined) {
  const styles = new Map<string, Element>()
  for (const style of Array.from(document?.getElementsByTagName('w:style') ?? []) as Element[])
    styles.set(style.getAttribute('w:styleId') ?? '', style)
  const defaults = document?.getElementsByTagName('w:rPrDefault').item(0) as Element | null
  const standard = defaults ? runLook(firstDeep(defaults, 'w:rPr')) : {}

  function ofStyle(id: string | null, depth = 0): Look {
    const style = id === null ? undefined : styles.get(id)
    if (!style || depth > BUILT_ON_MAX) return {}
    const base = ofStyle(valueOf(style, 'w:basedOn'), depth + 1)
    return { ...base, ...paragraphLook(child(style, 'w:pPr')), ...runLook(child(style, 'w:rPr')) }
  }

  return {
    ofParagraph(properties: Element | undefined): Look {
      return {
        ...standard,
        ...ofStyle(valueOf(properties, 'w:pStyle') ?? defaultStyle(styles)),
        ...paragraphLook(properties),
      }
    },
    ofRun(properties: Element | undefined): Look {
      return { ...ofStyle(valueOf(properties, 'w:rStyle')), ...runLook(properties) }
    },
  }
}

function defaultStyle(styles: ReadonlyMap<string, Element>): string | null {
  for (const [id, style] of styles)
    if (style.getAttribute('w:type') === 'paragraph' && style.getAttribute('w:default') === '1') return id
  return null
}

function paragraphLook(properties: Element | undefined): Look {
  const align = ALIGN[valueOf(properties, 'w:jc') ?? '']
  const spacing = child(properties, 'w:spacing')
  const before = points(spacing?.getAttribute('w:before'))
  const after = points(spacing?.getAttribute('w:after'))
  const indent = points(child(properties, 'w:ind')?.getAttribute('w:left'))
  return {
    ...(align && { align }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(indent !== undefined && { indent }),
  }
}

function runLook(properties: Element | undefined): Look {
  const size = Number(valueOf(properties, 'w:sz') ?? Number.NaN) / 2
  const isBold = switched(properties, 'w:b')
  const isItalic = switched(properties, 'w:i')
  const underline = valueOf(properties, 'w:u')
  return {
    ...(size > 0 && { size }),
    ...(isBold !== undefined && { isBold }),
    ...(isItalic !== undefined && { isItalic }),
    ...(underline !== null && { isUnderlined: underline !== 'none' }),
  }
}

/** An element without a value switches on. */
function switched(properties: Element | undefined, name: string): boolean | undefined {
  const element = child(properties, name)
  if (!element) return undefined
  return !['0', 'false', 'off'].includes(element.getAttribute('w:val') ?? '1')
}

function points(twentieths: string | null | undefined): number | undefined {
  const value = Number(twentieths ?? Number.NaN)
  return Number.isFinite(value) ? value / TWENTIETHS : undefined
}

function valueOf(parent: Element | undefined, name: string): string | null {
  return child(parent, name)?.getAttribute('w:val') ?? null
}

function child(parent: Element | undefined, name: string): Element | undefined {
  const children = Array.from(parent?.childNodes ?? [])
  return children.find((node) => node.nodeName === name) as Element | undefined
}

function firstDeep(parent: Element, name: string): Element | undefined {
  return (parent.getElementsByTagName(name).item(0) as Element | null) ?? undefined
}
