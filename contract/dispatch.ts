/** How approved appeals reach the chancellery: shown without its secrets, saved, tried. */
import { z } from 'zod'
import { DISPATCH_DRIVERS, MAIL_SECURITIES } from '#core/appeals/dispatch-form.ts'

const Text = z.string().trim().max(400)

export const DispatchForm = z.object({
  driver: z.enum(DISPATCH_DRIVERS),
  email: z.object({
    host: Text,
    port: z.number().int(),
    security: z.enum(MAIL_SECURITIES),
    user: Text,
    from: Text,
    to: Text,
  }),
  http: z.object({ url: Text }),
})

export const DispatchSettings = z.object({
  version: z.number().int(),
  form: DispatchForm,
  /** Whether they are there; they are never shown. */
  hasPassword: z.boolean(),
  hasSecret: z.boolean(),
  /** By which the chancellery knows that a package is ours; PEM. */
  publicKey: z.string(),
})
export type DispatchSettings = z.infer<typeof DispatchSettings>

export const SaveDispatch = z.object({
  basedOn: z.number().int(),
  form: DispatchForm,
  /** Left out or empty: as before. */
  password: z.string().max(400).optional(),
  secret: z.string().max(400).optional(),
})
export type SaveDispatch = z.infer<typeof SaveDispatch>

/** What the other side said to a test, or what came in between. */
export const DispatchTest = z.object({ isTaken: z.boolean(), answer: z.string() })
export type DispatchTest = z.infer<typeof DispatchTest>
