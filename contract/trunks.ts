/** Trunks as an administrator sees and changes them. */
import { z } from 'zod'
import { NUMBER_FORMATS } from '#core/text/phone-number.ts'

/** The shape only; whether it makes sense is for core/calls/check-trunk.ts. */
const Text = z.string().max(400)
const Lines = z.array(Text).max(200)

const form = {
  name: Text,
  peerAddresses: Lines,
  didPatterns: Lines,
  /** `password` null: the one that is kept stays. It is never told. */
  registration: z.strictObject({ server: Text, username: Text, password: Text.nullable() }).nullable(),
  codecs: z.array(z.string().max(16)).max(8),
  maxCalls: z.number(),
  numberFormat: z.enum(NUMBER_FORMATS),
  outboundUri: Text.nullable(),
}

export const TrunkSettings = z.strictObject(form)
export type TrunkSettings = z.infer<typeof TrunkSettings>

/** GET /api/trunks. */
export const TrunkView = z.object({
  id: z.string(),
  ...form,
  /** A password to register by is kept. */
  hasPassword: z.boolean(),
  isActive: z.boolean(),
  version: z.number().int(),
  /** Citizens who come by it can be called back. */
  hasWayOut: z.boolean(),
  /** Null while the engine does not answer. `calls`: those that are on it now. */
  engine: z.object({ knowsIt: z.boolean(), calls: z.number().int() }).nullable(),
  callsToday: z.number().int(),
  refusedToday: z.number().int(),
  lastCallAt: z.number().nullable(),
})
export type TrunkView = z.infer<typeof TrunkView>

/** `isApplied`: the engine has read it; otherwise it will at its next start, and an alarm says so. */
export const TrunksView = z.object({ trunks: z.array(TrunkView), isApplied: z.boolean() })
export type TrunksView = z.infer<typeof TrunksView>

/** POST /api/trunks. */
export const AddTrunk = z.strictObject({ id: Text, ...form })
export type AddTrunk = z.infer<typeof AddTrunk>

/** PUT /api/trunks/:id. `basedOn`: the version that was changed. */
export const ChangeTrunk = z.strictObject({ basedOn: z.number().int(), ...form })
export type ChangeTrunk = z.infer<typeof ChangeTrunk>
