/**
 * The filled letter as a PDF: set by pdfmake in Tinos, whose letters are as wide as those of Times New Roman and which
 * has the Uzbek ones of both scripts. Nothing is fetched: fonts come from the modules, pictures from the letter.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pdfmake from 'pdfmake'
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Block, ReadLetter } from './docx-reader.ts'
import type { Look } from './docx-styles.ts'

const FONTS = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'))
const font = (face: string) => join(FONTS, face, `Tinos_${face}.ttf`)
const TINOS = {
  normal: font('400Regular'),
  bold: font('700Bold'),
  italics: font('400Regular_Italic'),
  bolditalics: font('700Bold_Italic'),
}
const SIZE_POINTS = 12
const LINE_HEIGHT = 1.1

export type Described = { title: string; madeAt: Date }

pdfmake.setFonts({ Tinos: TINOS })
pdfmake.setLocalAccessPolicy((path: string) => path.startsWith(FONTS))
pdfmake.setUrlAccessPolicy(() => false)

export async function letterPdf({ blocks, page }: ReadLetter, { madeAt, title }: Described): Promise<Buffer> {
  const definition: TDocumentDefinitions = {
    pageSize: { width: page.width, height: page.height },
    pageMargins: page.margins,
    content: blocks.map(contentOf),
    defaultStyle: { font: 'Tinos', fontSize: SIZE_POINTS, lineHeight: LINE_HEIGHT },
    // Given, so that the same letter is the same file.
    info: { title, creationDate: madeAt, modDate: madeAt, producer: 'Javob', creator: 'Javob' },
  }
  return await pdfmake.createPdf(definition).getBuffer()
}

function contentOf(block: Block): Content {
  switch (block.kind) {
    case 'paragraph':
      return {
        text:
          block.runs.length === 0 ? ' ' : block.runs.map(({ look, text }) => ({ text, ...runStyle(look) })),
        ...paragraphStyle(block.look),
      }
    case 'picture':
      return {
        image: `data:${block.mime};base64,${Buffer.from(block.bytes).toString('base64')}`,
        width: block.width,
        height: block.height,
        ...paragraphStyle(block.look),
      }
    case 'table':
      return {
        table: { widths: block.widths, body: block.rows.map((row) => row.map(cellOf)) },
        layout: block.hasLines ? 'lightHorizontalLines' : 'noBorders',
      }
    case 'pageBreak':
      return { text: '', pageBreak: 'after' }
  }
}

function cellOf(blocks: readonly Block[]): TableCell {
  return { stack: blocks.map(contentOf) }
}

function runStyle({ isBold, isItalic, isUnderlined, size }: Look) {
  return {
    bold: isBold ?? false,
    italics: isItalic ?? false,
    fontSize: size ?? SIZE_POINTS,
    ...(isUnderlined && { decoration: 'underline' as const }),
  }
}

function paragraphStyle({ after = 0, align = 'left', before = 0, indent = 0 }: Look) {
  const margin: [number, number, number, number] = [indent, before, 0, after]
  return { alignment: align, margin }
}
