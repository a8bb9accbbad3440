/** Who carries SMS: shown, changed, tried. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { SaveSms, SmsSettings, SmsTest, TestSms } from '#contract/sms.ts'
import { allow } from '../http-permissions.ts'
import type { SmsSettingsService } from './sms-settings.ts'

export const smsRoutes =
  (sms: SmsSettingsService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changePortal')
    const response = { 200: SmsSettings }

    const read = { summary: 'Who carries SMS, without the password', response }
    app.get('/sms-settings', { config, schema: read }, () => sms.shown())

    const save = { summary: 'Change that, from the next message on', body: SaveSms, response }
    app.put('/sms-settings', { config, schema: save }, ({ body, staff }) => sms.save(body, staff.id))

    const test = { summary: 'Send a test message', body: TestSms, response: { 200: SmsTest } }
    app.post('/sms-settings/test', { config, schema: test }, ({ body, staff }) => sms.test(body.to, staff.id))
  }
