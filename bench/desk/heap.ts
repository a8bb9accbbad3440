/** How much the page keeps: its heap after a collection, through a shift, and what that grows by. */
import type { CDPSession, Page } from 'playwright-core'

export type HeapSample = { calls: number; mebibytes: number; nodes: number; listeners: number }

export class Heap {
  readonly samples: HeapSample[] = []
  readonly #session: CDPSession

  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async open(page: Page): Promise<Heap> {
    const session = await page.context().newCDPSession(page)
    await session.send('HeapProfiler.enable')
    return new Heap(session)
  }

  async sample(calls: number): Promise<HeapSample> {
    // The first collection frees what the second can then see as garbage.
    await this.#session.send('HeapProfiler.collectGarbage')
    await this.#session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await this.#session.send('Runtime.getHeapUsage')
    const { nodes, jsEventListeners } = await this.#session.send('Memory.getDOMCounters')
    const sample = { calls, mebibytes: usedSize / 1024 ** 2, nodes, listeners: jsEventListeners }
    this.samples.push(sample)
    return sample
  }

  /** Mebibytes for each call, by the line that fits best. */
  slope(): number | undefined {
    return slopeOf(this.samples.map(({ calls, mebibytes }) => [calls, mebibytes]))
  }
}

/** Least squares; nothing where no line can be drawn. */
export function slopeOf(points: readonly (readonly [number, number])[]): number | undefined {
  const count = points.length
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  const below = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return below > 0 ? above / below : undefined
}
