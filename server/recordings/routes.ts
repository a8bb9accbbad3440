import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { CallId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { RecordingService } from './service.ts'

const CallParams = z.object({ id: z.uuid().transform((id) => id as CallId) })

export const recordingRoutes =
  (recordings: RecordingService): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/calls/:id/recording',
      {
        config: allow('listenToAllRecordings', 'listenToOwnRecordings'),
        // Asking for the headers alone would be written down as a hearing.
        exposeHeadRoute: false,
        schema: { params: CallParams, summary: 'The sound of a call: left the citizen, right the agent' },
      },
      async (request, response) => {
        const asked = request.headers.range
        const sound = await recordings.open(request.params.id, request.staff, startsAtBeginning(asked))
        response.type('audio/ogg').header('Cache-Control', 'no-store').header('Accept-Ranges', 'bytes')

        const part = partOf(asked, sound.length)
        if (part === 'all') return response.send(sound)
        if (part === 'none')
          return response.code(416).header('Content-Range', `bytes */${sound.length}`).send()
        response.code(206).header('Content-Range', `bytes ${part.from}-${part.to}/${sound.length}`)
        return response.send(sound.subarray(part.from, part.to + 1))
      },
    )
  }

const RANGE = /^bytes=(?<from>\d{0,15})-(?<to>\d{0,15})$/

function startsAtBeginning(asked: string | undefined): boolean {
  return asked === undefined || asked.startsWith('bytes=0-')
}

/** RFC 9110, section 14.2: one range is answered; several, or what is no range, by the whole. */
function partOf(asked: string | undefined, length: number): { from: number; to: number } | 'all' | 'none' {
  const { from = '', to = '' } = RANGE.exec(asked ?? '')?.groups ?? {}
  if (from === '' && to === '') return 'all'
  const first = from === '' ? Math.max(0, length - Number(to)) : Number(from)
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1)
  return first > last ? 'none' : { from: first, to: last }
}
