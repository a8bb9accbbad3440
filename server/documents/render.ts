/** Letters are made in a thread of their own, one after another; each has its bound in time. */
import { once } from 'node:events'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import type { HasRendered, Letter, Rendered, ToRender } from './render-thread.ts'

/** A letter takes a part of a second; one that takes this long never ends. */
const RENDER_WITHIN_MS = 30_000
/** Enough for a letter of a hundred pages with pictures. */
const RENDER_MAX_MEGABYTES = 512

type Waiting = { resolve(rendered: Rendered): void; reject(error: Error): void }

const waiting = new Map<number, Waiting>()
let thread: Worker | undefined
let nextId = 1

/** A letter as DOCX and PDF. The same template, facts and moment give the same bytes. */
export async function renderLetter(letter: Letter): Promise<Rendered> {
  const { promise, resolve, reject } = Promise.withResolvers<Rendered>()
  const id = nextId++
  waiting.set(id, { resolve, reject })
  thread ??= startThread()
  // Only work keeps the process from ending.
  thread.ref()
  thread.postMessage({ ...letter, id } satisfies ToRender)
  const timer = setTimeout(() => void thread?.terminate(), RENDER_WITHIN_MS)
  return await promise.finally(() => {
    clearTimeout(timer)
    waiting.delete(id)
    if (waiting.size === 0) thread?.unref()
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
    const letter = waiting.get(told.id)
    if ('rendered' in told) letter?.resolve(told.rendered)
    else letter?.reject(new Error(told.failed))
  })
  let why = new Error('The letter was not finished in time')
  worker.on('error', (error) => (why = error))
  worker.on('exit', () => lost(worker, why))
  return worker
}

/** Whatever was asked of it is not coming; the next letter finds a new one. */
function lost(worker: Worker, error: Error): void {
  if (thread === worker) thread = undefined
  for (const { reject } of waiting.values()) reject(error)
}
