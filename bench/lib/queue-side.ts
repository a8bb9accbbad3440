/** What a comparison of two queues needs of either: where to call, and who answers there. */
import type { AutoAgent } from './auto-agent.ts'

export type QueueSide = {
  readonly name: 'ours' | 'app_queue'
  readonly port: number
  /** The number that leads into the queue without a menu. */
  readonly number: string
  readonly agents: readonly AutoAgent[]
  /** The processes that do the work. */
  readonly processes: readonly number[]
  close(): Promise<void>
}
