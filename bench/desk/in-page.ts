/**
 * What runs inside the console's page while it is measured: counts the live stream, and takes the moment at which a
 * call that rings, an answer that was searched for and what a key changed stood on the screen. Each function is sent
 * into the page before anything of its own has run, and brings all it needs with it.
 */

/** Everything since it was last taken; moments are milliseconds. */
export type Seen = {
  /** Messages of the live stream. */
  live: number
  /** Callers that ring, and when the second frame with them on it began, by this machine's clock. */
  pops: { number: string; at: number }[]
  /** From the last key of a search to the second frame that shows what it found. */
  searches: Search[]
  /** From the request of a search to the last byte of its answer. */
  answers: number[]
  /** The slowest event of each press or click that took a frame or more, as the browser counts it to the next paint. */
  interactions: number[]
  /** Presses and clicks. */
  inputs: number
  /** Bytes of scripts that were loaded, packed as they were sent. */
  scriptBytes: number
  /** How far things moved that nobody had just touched (the browser's layout-shift score). */
  moved: number
  /** What moved, each with its score, and from where to where. */
  movers: string[]
  /** Frames that took long, each with what ran in it. */
  stalls: string[]
}

/** Where the time of one search went. */
export type Search = {
  /** From the key to the second frame. */
  whole: number
  /** From the key to the request whose answer was shown. */
  waited: number
  asked: number
  /** From the last byte of the answer to its being in the page. */
  drawn: number
}

type Watched = Omit<Seen, 'interactions'> & {
  slowest: Map<number, number>
  keyAt: number | undefined
  painted(then: () => void): void
}

function beginWatching(): void {
  const seen: Watched = {
    ...{
      live: 0,
      pops: [],
      searches: [],
      answers: [],
      inputs: 0,
      scriptBytes: 0,
      moved: 0,
      movers: [],
      stalls: [],
    },
    slowest: new Map(),
    keyAt: undefined,
    // The second frame begins when the first has been painted.
    painted: (then) => requestAnimationFrame(() => requestAnimationFrame(then)),
  }
  Reflect.set(window, 'seenAtDesk', seen)
  window.EventSource = class extends EventSource {
    constructor(url: string | URL, options?: EventSourceInit) {
      super(url, options)
      this.addEventListener('message', () => seen.live++)
    }
  }
}

function watchCallers(): void {
  const seen = Reflect.get(window, 'seenAtDesk') as Watched
  const known = new Set<string>()
  new MutationObserver(() => {
    const offer = document.querySelector('section[aria-label="Incoming call"]')
    const number = offer?.textContent
      ?.match(/\+998[\d\s]{9,16}/)?.[0]
      .replace(/\s/g, '')
      .slice(0, 13)
    if (!number) return known.clear()
    if (known.has(number)) return
    known.add(number)
    seen.painted(() => seen.pops.push({ number, at: Date.now() }))
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

function watchSearches(): void {
  const seen = Reflect.get(window, 'seenAtDesk') as Watched
  const isSearch = (name: string) => name.includes('/knowledge/answers') && name.includes('search=')
  const keyDown = ({ timeStamp, target }: Event) => {
    seen.inputs++
    if (target instanceof HTMLInputElement && target.type === 'search') seen.keyAt = timeStamp
  }
  addEventListener('keydown', keyDown, { capture: true })
  addEventListener('pointerdown', () => seen.inputs++, { capture: true })
  new MutationObserver((records) => {
    const isFound = records.some(({ target }) => (target as Element).getAttribute('aria-busy') === 'false')
    const { keyAt } = seen
    if (!isFound || keyAt === undefined) return
    seen.keyAt = undefined
    const shownAt = performance.now()
    const request = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).findLast(
      ({ name, responseEnd }) => isSearch(name) && responseEnd > 0 && responseEnd <= shownAt,
    )
    const { startTime = keyAt, responseEnd = keyAt } = request ?? {}
    const parts = { waited: startTime - keyAt, asked: responseEnd - startTime, drawn: shownAt - responseEnd }
    seen.painted(() => seen.searches.push({ whole: performance.now() - keyAt, ...parts }))
  }).observe(document, { subtree: true, attributeFilter: ['aria-busy'] })
  new PerformanceObserver((list) => {
    for (const { name, duration, encodedBodySize } of list.getEntries() as PerformanceResourceTiming[]) {
      if (isSearch(name)) seen.answers.push(duration)
      if (new URL(name).pathname.endsWith('.js')) seen.scriptBytes += encodedBodySize
    }
    // The last one may be asked for where its answer is shown.
    if (performance.getEntriesByType('resource').length > 200) performance.clearResourceTimings()
  }).observe({ type: 'resource', buffered: true })
}

function watchTimings(): void {
  type EventTiming = PerformanceEntry & { interactionId: number }
  type Source = { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }
  type LayoutShift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: Source[] }
  const seen = Reflect.get(window, 'seenAtDesk') as Watched
  new PerformanceObserver((list) => {
    for (const { interactionId: id, duration } of list.getEntries() as EventTiming[])
      if (id !== 0) seen.slowest.set(id, Math.max(seen.slowest.get(id) ?? 0, duration))
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      if (hadRecentInput) continue
      seen.moved += value
      const place = ({ top, left, width, height }: DOMRectReadOnly) => `${width}×${height}+${left}+${top}`
      for (const { node, previousRect, currentRect } of sources)
        seen.movers.push(
          `${value.toFixed(3)} ${(node as Element | null)?.outerHTML?.slice(0, 100) ?? node?.textContent ?? '?'}: ${place(previousRect)} → ${place(currentRect)}`,
        )
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

function watchStalls(): void {
  type Script = { duration: number; invoker: string; sourceFunctionName: string }
  type LongFrame = PerformanceEntry & { blockingDuration: number; scripts: Script[] }
  const seen = Reflect.get(window, 'seenAtDesk') as Watched
  new PerformanceObserver((list) => {
    for (const { duration, blockingDuration, scripts } of list.getEntries() as LongFrame[]) {
      if (duration < 300) continue
      const ran = scripts.map(
        (one) => `${one.invoker} ${one.sourceFunctionName} ${one.duration.toFixed(0)} ms`,
      )
      seen.stalls.push(`${duration.toFixed(0)} ms, blocked ${blockingDuration.toFixed(0)}: ${ran.join(', ')}`)
    }
  }).observe({ type: 'long-animation-frame', buffered: true })
}

/** In this order, before anything of the page has run. */
export const WATCHING = [beginWatching, watchCallers, watchSearches, watchTimings, watchStalls] as const

/** In the page, once it is watched. */
export function takeSeen(): Seen {
  const seen = Reflect.get(window, 'seenAtDesk') as Watched
  const { live, pops, searches, answers, inputs, scriptBytes, moved, movers, slowest, stalls } = seen
  const interactions = [...slowest.values()]
  const taken = { live, pops, searches, answers, inputs, scriptBytes, moved, movers, stalls, interactions }
  Object.assign(seen, { live: 0, pops: [], searches: [], answers: [], movers: [] })
  Object.assign(seen, { inputs: 0, scriptBytes: 0, moved: 0, stalls: [] })
  slowest.clear()
  return taken
}
