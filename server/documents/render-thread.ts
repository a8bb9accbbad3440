/** The thread that makes one letter and ends: setting type is long work, and callers wait for nobody. */
import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentFacts } from '#core/documents/document-fields.ts'
import { readLetter } from './docx-reader.ts'
import { fillTemplate } from './fill-template.ts'
import { letterPdf } from './letter-pdf.ts'

export type ToRender = { template: Uint8Array; facts: DocumentFacts; title: string; madeAt: Date }
export type Rendered = { docx: Uint8Array; pdf: Uint8Array; notShown: string[] }

const { facts, madeAt, template, title } = workerData as ToRender
const docx = await fillTemplate(template, facts)
const letter = readLetter(docx)
const pdf = new Uint8Array(await letterPdf(letter, { title, madeAt }))
parentPort?.postMessage({ docx, pdf, notShown: letter.notShown } satisfies Rendered)
