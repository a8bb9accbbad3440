/** Whoever carries SMS, where one is set up; it may be set up or changed while we run. */
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { SmsSender } from '../messages/ports.ts'
import { SMS_SETTING } from '../messages/service.ts'
import { demoSender } from './sms-demo.ts'
import { gatewaySender, SmsGateway } from './sms-gateway.ts'

export async function smsSender(db: Kysely<Database>): Promise<SmsSender | undefined> {
  const { driver, reportToken, ...place } = await SMS_SETTING.read(db)
  switch (driver) {
    case 'off':
      return undefined
    case 'demo':
      return demoSender(db)
    case 'gateway':
      return gatewaySender(SmsGateway.parse({ ...place, ...(reportToken !== '' && { reportToken }) }))
  }
}
