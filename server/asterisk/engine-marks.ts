/**
 * Two lines of text that the engine keeps for the servers around it, beside all
 * calls: asked and written by plain requests, which need no socket and take no part
 * in the events. They go with the engine.
 */
import type { AriAddress } from './ari-socket.ts'
import { ariAuthorization } from './engine-account.ts'

const REQUEST_TIMEOUT_MS = 1_000

export type MarkName = 'JAVOB_COMMANDED_BY' | 'JAVOB_BEAT'

export interface EngineMarks {
  /** '' where none has been written since the engine started. Rejects while the engine does not answer. */
  read(name: MarkName): Promise<string>
  write(name: MarkName, text: string): Promise<void>
}

export function engineMarks({ host, port, password }: AriAddress): EngineMarks {
  const headers = { authorization: ariAuthorization(password) }
  async function ask(method: 'GET' | 'POST', query: Record<string, string>): Promise<string> {
    const uri = `http://${host}:${port}/ari/asterisk/variable?${new URLSearchParams(query).toString()}`
    const answer = await fetch(uri, { method, headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`The engine answered ${answer.status} about a mark`)
    return text
  }

  return {
    async read(variable) {
      const { value } = JSON.parse(await ask('GET', { variable })) as { value?: unknown }
      return typeof value === 'string' ? value : ''
    },
    async write(variable, value) {
      await ask('POST', { variable, value })
    },
  }
}
