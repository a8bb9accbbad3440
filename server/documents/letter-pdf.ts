/**
 * The filled letter as a PDF: set by pdfmake in Tinos, whose letters are as wide as those of Times New Roman and which
 * has the Uzbek ones of both scripts. Nothing is fetched: fonts come from the modules, pictures from the letter.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pdfmake from 'pdfmake'
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Block, ReadLetter } from './docx-reader.ts'
import type { Look } from './docx-styles.ts'

const FACES = {
  normal: '400Regular',
  bold: '700Bold',
  italics: '400Regular_Italic',
  bolditalics: '700Bold_Italic',
} as const
const SIZE_POINTS = 12
const LINE_HEIGHT = 1.1

export type Described = { title: string; madeAt: Date }

// Into memory while this is loaded: the checkout may be out of reach later.
const FONTS = dirname(fileURLToPath(import.meta.resolve('@expo-google-fonts/tinos/package.json')))
// What its types leave out.
const { virtualfs } = pdfmake as unknown as {
  virtualfs: { writeFileSync(name: string, content: Buffer): void }
}
const TINOS = Object.fromEntries(
  Object.entries(FACES).map(([style, face]) => {
    const name = `Tinos_${face}.ttf`
    virtualfs.writeFileSync(name, readFileSync(join(FONTS, face, name)))
    return [style, name]
  }),
)
pdfmake.setFonts({ Tinos: TINOS })
// Nothing is read or fetched: fonts are in memory, and pictures come with the letter.
pdfmake.setLocalAccessPolicy(() => false)
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
