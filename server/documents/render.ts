import { SHARE_ENV, Worker } from 'node:worker_threads'
import type { Rendered, ToRender } from './render-thread.ts'

/** A letter takes a part of a second; one that takes this long never ends. */
const RENDER_WITHIN_MS = 30_000
/** Enough for a letter of a hundred pages with pictures. */
const RENDER_MAX_MEGABYTES = 512

/** A letter as DOCX and PDF. The same template, facts and moment give the same bytes. */
export function renderLetter(letter: ToRender): Promise<Rendered> {
  const { promise, resolve, reject } = Promise.withResolvers<Rendered>()
  const worker = new Worker(new URL('./render-thread.ts', import.meta.url), {
    workerData: letter,
    execArgv: [],
    env: SHARE_ENV,
    resourceLimits: { maxOldGenerationSizeMb: RENDER_MAX_MEGABYTES },
  })
  const timer = setTimeout(() => void worker.terminate(), RENDER_WITHIN_MS)
  worker.once('message', (rendered: Rendered) => resolve(rendered))
  worker.once('error', reject)
  worker.once('exit', () => {
    clearTimeout(timer)
    // What has answered has answered; this is for one that was ended before.
    reject(new Error('The letter was not finished in time'))
  })
  return promise
}
