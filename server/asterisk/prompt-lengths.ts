/** How long prompts play, from the sizes of their files: A-law is 8 000 bytes a second. Looked up once each. */
import { stat } from 'node:fs/promises'
import { ALAW_RATE } from '#core/lib/a-law.ts'
import type { PromptFile } from '../calls/ports.ts'

/** A flow and its waiting texts have some hundreds; beyond it the oldest are looked up again. */
const MAX_KNOWN = 5_000

export class PromptLengths {
  readonly #known = new Map<PromptFile, number>()

  async secondsOf(prompts: readonly PromptFile[]): Promise<number> {
    const each = await Promise.all(
      prompts.map(async (prompt) => this.#known.get(prompt) ?? (await this.#measure(prompt))),
    )
    return each.reduce((sum, seconds) => sum + seconds, 0)
  }

  async #measure(prompt: PromptFile): Promise<number> {
    const file = await stat(`${prompt}.alaw`).catch(() => undefined)
    const seconds = (file?.size ?? 0) / ALAW_RATE
    if (this.#known.size >= MAX_KNOWN) this.#known.clear()
    if (file) this.#known.set(prompt, seconds)
    return seconds
  }
}
