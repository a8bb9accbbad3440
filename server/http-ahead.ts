/**
 * Loads ahead what the web server would load only when one is made and asked. Root is given up
 * before that, and from then on a checkout in a closed home, such as /root, cannot be read.
 */
import type { Logger } from 'pino'
import { openHttp } from './http.ts'

export async function loadHttpAhead(log: Logger): Promise<void> {
  const app = await openHttp({ log, staffOf: async () => undefined, health: async () => ({}) })
  await app.inject('/api/health')
  await app.inject('/api/openapi.json')
  await app.close()
}
