/**
 * How long prompts play, from the sizes of their files: A-law is 8 000 bytes a second. Looked up once in a while, since
 * hundreds hear the same ones, and somebody may upload another recording under the same name.
 */
import { stat } from 'node:fs/promises'
import { ALAW_RATE } from '#core/lib/a-law.ts'
import type { PromptFile } from '../calls/ports.ts'

const KNOWN_FOR_MS = 5_000
/** A flow and its waiting texts have some hundreds; beyond it all are looked up again. */
const MAX_KNOWN = 5_000

export class PromptLengths {
  readonly #known = new Map<PromptFile, { seconds: number; until: number }>()

  async secondsOf(prompts: readonly PromptFile[]): Promise<number> {
    const now = performance.now()
    const each = await Promise.all(
      prompts.map(async (prompt) => {
        const known = this.#known.get(prompt)
        return known && now < known.until ? known.seconds : await this.#measure(prompt)
      }),
    )
    return each.reduce((sum, seconds) => sum + seconds, 0)
  }

  async #measure(prompt: PromptFile): Promise<number> {
    const file = await stat(`${prompt}.alaw`).catch(() => undefined)
    const seconds = (file?.size ?? 0) / ALAW_RATE
    if (this.#known.size >= MAX_KNOWN) this.#known.clear()
    if (file) this.#known.set(prompt, { seconds, until: performance.now() + KNOWN_FOR_MS })
    return seconds
  }
}
