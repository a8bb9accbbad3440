import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  DecisionToSign,
  SaveSigning,
  SignatureRow,
  SignDecision,
  SigningHere,
  SigningSettings,
  SigningTest,
  TextToSign,
} from '#contract/signatures.ts'
import type { AppealId, SignatureId } from '#core/lib/ids.ts'
import { SIGNED_ACTIONS } from '#core/signatures/signed-decision.ts'
import { ruleOf } from '#core/appeals/move-rules.ts'
import { allow } from '../http-permissions.ts'
import { SIGNATURE_PARTS, type SignaturePart } from './events.ts'
import type { SignatureService } from './service.ts'

const AppealParams = z.object({ id: z.uuid().transform((id) => id as AppealId) })
const PartParams = z.object({
  id: z.uuid().transform((id) => id as SignatureId),
  part: z.enum(SIGNATURE_PARTS),
})
/** As it is checked with other programs: the text, and the signature under it. */
const NAME_OF: Readonly<Record<SignaturePart, string>> = { text: 'json', pkcs7: 'json.p7s' }

/** Whoever makes one of these decisions may ask; whether it is this one is decided with the appeal at hand. */
const SIGNERS = [
  ...new Set(SIGNED_ACTIONS.flatMap((action) => ruleOf(action).may)),
  'handleTrustAppeals',
] as const

export const signatureRoutes =
  (signatures: SignatureService): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(settingsRoutes(signatures))

    const here = { summary: 'What a desk needs to sign decisions', response: { 200: SigningHere } }
    app.get('/signing', { config: allow('seeAppeals'), schema: here }, () => signatures.here())

    const list = {
      summary: 'The signatures under decisions about an appeal',
      params: AppealParams,
      response: { 200: z.array(SignatureRow) },
    }
    app.get('/appeals/:id/signatures', { config: allow('seeAppeals'), schema: list }, ({ params, staff }) =>
      signatures.list(params.id, staff),
    )

    const text = {
      summary: 'The very text that is signed before a decision is made',
      params: AppealParams,
      body: DecisionToSign,
      response: { 200: TextToSign },
    }
    app.post('/appeals/:id/signing', { config: allow(...SIGNERS), schema: text }, ({ body, params, staff }) =>
      signatures.textOf(params.id, body, staff),
    )

    const sign = {
      summary: 'Check and keep a signature; the same one is kept once',
      params: AppealParams,
      body: SignDecision,
      response: { 201: z.array(SignatureRow) },
    }
    app.post(
      '/appeals/:id/signatures',
      { config: allow(...SIGNERS), schema: sign },
      async ({ body, host, ip, params, staff }, response) => {
        const who = { by: staff, from: { address: ip, host } }
        return response.code(201).send(await signatures.sign(params.id, body, who))
      },
    )

    app.get(
      '/signatures/:id/:part',
      {
        config: allow('seeAppeals'),
        // Asking for the headers alone would be written down as a saving.
        exposeHeadRoute: false,
        schema: { summary: 'What was signed, or the signature, as a file', params: PartParams },
      },
      async ({ params: { id, part }, staff }, response) => {
        const { content, decision } = await signatures.save(id, part, staff)
        return response
          .type('application/octet-stream')
          .header('Content-Disposition', `attachment; filename="${decision}-${id}.${NAME_OF[part]}"`)
          .header('Content-Security-Policy', "sandbox; default-src 'none'")
          .send(content)
      },
    )
  }

const settingsRoutes =
  (signatures: SignatureService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changeDispatch')
    const response = { 200: SigningSettings }

    const read = { summary: 'How officials sign', response }
    app.get('/signing-settings', { config, schema: read }, () => signatures.shown())

    const save = { summary: 'Change that, at once', body: SaveSigning, response }
    app.put('/signing-settings', { config, schema: save }, ({ body, staff }) =>
      signatures.saveSettings(body, staff.id),
    )

    const test = { summary: 'Ask the E-IMZO server that is saved', response: { 200: SigningTest } }
    app.post('/signing-settings/test', { config, schema: test }, () => signatures.test())
  }
