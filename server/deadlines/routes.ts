import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { CalendarCard, SaveCalendar, SavedCalendar } from '#contract/calendar.ts'
import { allow } from '../http-permissions.ts'
import type { DeadlineService } from './service.ts'

export const deadlineRoutes =
  (deadlines: DeadlineService): FastifyPluginAsyncZod =>
  async (app) => {
    const cardSchema = { summary: 'When the office works', response: { 200: CalendarCard } }
    app.get('/calendar', { config: allow('changeCalendar', 'seeAppeals'), schema: cardSchema }, () =>
      deadlines.card(),
    )

    const saveSchema = {
      summary:
        'Save the calendar; the days of open appeals are counted again, and those that moved are named',
      body: SaveCalendar,
      response: { 200: SavedCalendar },
    }
    app.put('/calendar', { config: allow('changeCalendar'), schema: saveSchema }, ({ body, staff }) =>
      deadlines.save(body, staff.id),
    )
  }
