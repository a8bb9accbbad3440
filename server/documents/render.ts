/** Letters are made in a thread of their own, one after another; each has its bound in time, from when it is its turn. */
import { once } from 'node:events'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import { inOrder } from '../in-order.ts'
import type { HasRendered, Letter, Rendered, ToRender } from './render-thread.ts'

/** A letter takes a part of a second; one that takes this long never ends. */
const RENDER_WITHIN_MS = 30_000
/** Enough for a letter of a hundred pages with pictures. */
const RENDER_MAX_MEGABYTES = 512
/** Some tens of seconds of letters, each with its template in memory. */
const WAITING_MAX_LETTERS = 50

type Making = { id: number; resolve(rendered: Rendered): void; reject(error: Error): void }

let making: Making | undefined
let thread: Worker | undefined
let nextId = 1

/** A letter as DOCX and PDF. The same template, facts and moment give the same bytes. */
export const renderLetter = inOrder(renderNow, { atOnce: 1, waitingMax: WAITING_MAX_LETTERS })

async function renderNow(letter: Letter): Promise<Rendered> {
  const { promise, resolve, reject } = Promise.withResolvers<Rendered>()
  const id = nextId++
  const worker = (thread ??= startThread())
  worker.postMessage({ ...letter, id } satisfies ToRender)
  making = { id, resolve, reject }
  // Only work keeps the process from ending.
  worker.ref()
  const timer = setTimeout(() => void worker.terminate(), RENDER_WITHIN_MS)
  return await promise.finally(() => {
    clearTimeout(timer)
    making = undefined
    worker.unref()
  })
}

/** Before root is given up: from then on a checkout in a closed home, such as /root, cannot be read. */
export async function startLetters(): Promise<void> {
  thread ??= startThread()
  await once(thread, 'message')
}

function startThread(): Worker {
  const worker = new Worker(new URL('./render-thread.ts', import.meta.url), {
    execArgv: [],
    env: SHARE_ENV,
    resourceLimits: { maxOldGenerationSizeMb: RENDER_MAX_MEGABYTES },
  })
  worker.unref()
  worker.on('message', (told: HasRendered) => {
    if (told.id !== making?.id) return
    if ('rendered' in told) making.resolve(told.rendered)
    else making.reject(new Error(told.failed))
  })
  let why = new Error('The letter was not finished in time')
  worker.on('error', (error) => (why = error))
  worker.on('exit', () => lost(worker, why))
  return worker
}

/** The letter that was being made is not coming; the next one finds a new thread. */
function lost(worker: Worker, error: Error): void {
  if (thread === worker) thread = undefined
  making?.reject(error)
}
