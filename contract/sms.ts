/** Who carries SMS: shown without the password, saved, tried. */
import { z } from 'zod'
import { SMS_DRIVERS } from '#core/messages/sms-form.ts'

const Text = z.string().trim().max(400)

export const SmsForm = z.object({
  driver: z.enum(SMS_DRIVERS),
  url: Text,
  user: Text,
  originator: Text,
  reportToken: Text,
})

export const SmsSettings = z.object({
  changedAt: z.number().nullable(),
  form: SmsForm,
  /** Whether it is there; it is never shown. */
  hasPassword: z.boolean(),
  /** Where a gateway reports to, but for its secret end; none while nobody has said where the portal is. */
  reportsTo: z.string().nullable(),
})
export type SmsSettings = z.infer<typeof SmsSettings>

export const SaveSms = z.object({
  /** Of what its author has seen. */
  basedOn: z.number().nullable(),
  form: SmsForm,
  /** Left out or empty: as before. */
  password: z.string().max(400).optional(),
})
export type SaveSms = z.infer<typeof SaveSms>

/** To whom a test message goes. */
export const TestSms = z.object({ to: z.string().max(40) })
export type TestSms = z.infer<typeof TestSms>

export const SMS_TEST_OUTCOMES = ['accepted', 'refused', 'away', 'unknown'] as const
/** What the gateway made of it, and its words where it was not taken. */
export const SmsTest = z.object({ outcome: z.enum(SMS_TEST_OUTCOMES), problem: z.string() })
export type SmsTest = z.infer<typeof SmsTest>
