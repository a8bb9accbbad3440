/**
 * The thread that makes letters, for render.ts: setting type is long work, and callers wait for nobody. It begins with a
 * letter for nobody, so that everything it will ever need is loaded while the checkout can still be read.
 */
import { parentPort } from 'node:worker_threads'
import { documentFacts } from '#core/documents/document-facts.ts'
import type { DocumentFacts } from '#core/documents/document-fields.ts'
import { sampleAppeal } from '#core/documents/sample-appeal.ts'
import { readLetter } from './docx-reader.ts'
import { fillTemplate } from './fill-template.ts'
import { letterPdf } from './letter-pdf.ts'
import { standardTemplate } from './standard-template.ts'

export type Letter = { template: Uint8Array; facts: DocumentFacts; title: string; madeAt: Date }
export type Rendered = { docx: Uint8Array; pdf: Uint8Array; notShown: string[] }

export type ToRender = Letter & { id: number }
/** An error does not cross the border between threads whole; what is told of it does. */
export type HasRendered = { id: number } & ({ rendered: Rendered } | { failed: string })

async function render({ facts, madeAt, template, title }: Letter): Promise<Rendered> {
  const docx = await fillTemplate(template, facts)
  const letter = readLetter(docx)
  const pdf = new Uint8Array(await letterPdf(letter, { title, madeAt }))
  return { docx, pdf, notShown: letter.notShown }
}

const organisation = { names: { uz: '-', ru: '-' }, shortNumber: '' }
const facts = documentFacts(sampleAppeal({ organisation, statusAddress: 'https://javob.example' }), 'uz')
await render({ template: standardTemplate('uz'), facts, title: '-', madeAt: new Date(0) })

parentPort?.on('message', (letter: ToRender) => {
  const { id } = letter
  render(letter).then(
    (rendered) => parentPort?.postMessage({ id, rendered } satisfies HasRendered),
    (error: unknown) => parentPort?.postMessage({ id, failed: String(error) } satisfies HasRendered),
  )
})
parentPort?.postMessage({ id: 0, failed: 'nobody asked' } satisfies HasRendered)
