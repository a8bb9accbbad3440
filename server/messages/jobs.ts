/** The timed work of messages, for graphile-worker. */
import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import type { MessageService } from './service.ts'

const Payload = z.object({ message: z.uuid() })

export function messageJobs(messages: MessageService): TaskList {
  return {
    sendMessage: (payload: unknown) => messages.send(Payload.parse(payload).message),
    noteCitizenTold: (payload: unknown) => messages.noteTold(Payload.parse(payload).message),
    endLostMessages: async () => void (await messages.endLost()),
  }
}

/** As graphile-worker reads it. */
export const MESSAGE_CRONTAB = '*/5 * * * * endLostMessages'
