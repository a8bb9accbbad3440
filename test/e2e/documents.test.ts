/**
 * The official document as somebody sees it who opens it: on paper of the right size, in three scripts, with a picture
 * that a telephone's camera reads. JAVOB_PICTURES names a folder for whoever wants to look himself.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import decodeQr from 'qr/decode.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentFacts } from '#core/documents/document-facts.ts'
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '#core/documents/document-fields.ts'
import { sampleAppeal } from '#core/documents/sample-appeal.ts'
import { openBrowser } from '../../console/dev/browser.ts'
import { renderLetter } from '../../server/documents/render.ts'
import { standardTemplate } from '../../server/documents/standard-template.ts'

/** A sheet of A4 at 96 dots to the inch, each of them drawn twice. */
const SHEET = { width: 794, height: 1123 }
const DRAWN_WITHIN_MS = 15_000
const DECODED_WITHIN_MS = 1_000
const STATUS_ADDRESS = 'https://murojaat.example/portal/status?number=A-2026-000123'

let browser: Browser
let folder: string

beforeAll(async () => {
  ;[browser, folder] = await Promise.all([openBrowser(), mkdtemp(join(tmpdir(), 'javob-letters-'))])
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

async function letter(language: DocumentLanguage) {
  const appeal = sampleAppeal({
    organisation: {
      names: {
        uz: 'Bilim va malakalarni baholash agentligi',
        ru: 'Агентство по оценке знаний и квалификаций',
      },
      shortNumber: '1195',
    },
    statusAddress: STATUS_ADDRESS,
  })
  const madeAt = new Date('2026-03-02T05:00:00Z')
  const template = standardTemplate(language)
  return await renderLetter({
    template,
    facts: documentFacts(appeal, language),
    title: appeal.number,
    madeAt,
  })
}

/** The first sheet, as the browser's own reader shows it. */
async function opened(page: Page, language: DocumentLanguage): Promise<void> {
  const file = join(folder, `${language}.pdf`)
  await writeFile(file, (await letter(language)).pdf)
  await page.goto(`${pathToFileURL(file).href}#toolbar=0&navpanes=0&view=Fit`)
}

/** What a camera would read from the picture. */
async function readByCamera(page: Page, png: Buffer): Promise<string> {
  const { data, height, width } = await page.evaluate(pixelsOf, png.toString('base64'))
  try {
    return decodeQr({ width, height, data: Buffer.from(data, 'base64') }, { timeLimit: DECODED_WITHIN_MS })
  } catch {
    return ''
  }
}

/** Runs in a page: what its own canvas makes of the picture, red, green, blue and opacity of each dot. */
async function pixelsOf(png: string) {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
  const { height, width } = picture
  const canvas = new OffscreenCanvas(width, height).getContext('2d')
  canvas?.drawImage(picture, 0, 0)
  const dots = canvas?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
  let text = ''
  for (let at = 0; at < dots.length; at += 32_768)
    text += String.fromCharCode(...dots.subarray(at, at + 32_768))
  return { width, height, data: btoa(text) }
}

async function keep(name: string, png: Buffer): Promise<void> {
  const wanted = process.env.JAVOB_PICTURES
  if (wanted === undefined) return
  await mkdir(wanted, { recursive: true })
  await writeFile(join(wanted, name), png)
}

test.each(DOCUMENT_LANGUAGES)(
  'in %s a camera reads from it where the appeal is followed',
  async (language) => {
    const context = await browser.newContext({ viewport: SHEET, deviceScaleFactor: 2 })
    const [sheet, canvas] = await Promise.all([context.newPage(), context.newPage()])
    await opened(sheet, language)
    let picture: Buffer = Buffer.alloc(0)
    const look = async () => {
      picture = await sheet.screenshot()
      return await readByCamera(canvas, picture)
    }
    await expect.poll(look, { timeout: DRAWN_WITHIN_MS }).toBe(STATUS_ADDRESS)
    await keep(`letter-${language}.png`, picture)
    await context.close()
  },
)
