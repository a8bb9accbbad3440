/** What the staff does for the portal: its settings, and the recordings citizens ask for. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  DecideRecording,
  RecordingRequest,
  SavePortalSettings,
  ShownPortalSettings,
} from '#contract/portal.ts'
import { allow } from '../http-permissions.ts'
import type { PortalService } from './service.ts'

export const portalStaffRoutes =
  (portal: PortalService): FastifyPluginAsyncZod =>
  async (app) => {
    const settingsSchema = {
      summary: 'What is set for the citizens’ portal',
      response: { 200: ShownPortalSettings },
    }
    app.get('/portal-settings', { config: allow('changePortal'), schema: settingsSchema }, () =>
      portal.settings(),
    )

    const changeSchema = {
      summary:
        'Change what is set for the citizens’ portal: its address, an announcement, whether names are shown',
      body: SavePortalSettings,
      response: { 200: ShownPortalSettings },
    }
    app.put('/portal-settings', { config: allow('changePortal'), schema: changeSchema }, ({ body, staff }) =>
      portal.changeSettings(body, staff.id),
    )

    const listSchema = {
      summary: 'Recordings that citizens ask for, those that wait first',
      response: { 200: z.array(RecordingRequest) },
    }
    app.get('/recording-requests', { config: allow('giveOutRecordings'), schema: listSchema }, () =>
      portal.requests.list(),
    )

    const decideSchema = {
      summary: 'Give a recording out to the citizen who asked, or refuse it with a reason',
      params: z.object({ id: z.uuid() }),
      body: DecideRecording,
      response: { 200: RecordingRequest },
    }
    app.put(
      '/recording-requests/:id',
      { config: allow('giveOutRecordings'), schema: decideSchema },
      ({ params, body, staff }) => portal.requests.decide(params.id, body, staff),
    )
  }
