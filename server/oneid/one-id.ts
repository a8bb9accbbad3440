/**
 * OneID, the state's single sign-on, by its authorization code: the browser is sent there, comes back with a code, and this
 * server changes the code for a token and the token for the person.
 *
 * All steps go to one address. Id and secret stand in the body and never in an address, where proxies would write them
 * down. What is answered is read through a schema; nothing of it is logged but at which step it was no answer.
 */
import { z } from 'zod'
import { readPinfl } from '#core/citizens/pinfl.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { readBounded } from '../bounded-answer.ts'
import type { IdentityProvider, Proven } from '../portal/ports.ts'

export const ANSWER_WITHIN_MS = 5_000
const ANSWER_MAX_BYTES = 256 * 1024
const NAME_MAX_CHARACTERS = 200

export const OneIdPlace = z.object({
  address: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  secret: z.string().min(1),
  scope: z.string().min(1),
})
export type OneIdPlace = z.infer<typeof OneIdPlace>

const Token = z.object({ access_token: z.string().min(1).max(4_000) })

const text = z.string().default('')
const Person = z.object({
  pin: text,
  user_type: text,
  full_name: text,
  sur_name: text,
  first_name: text,
  mid_name: text,
  /** Whether the state has looked at his papers; of an answer that leaves it out nothing speaks against it. */
  valid: z.union([z.string(), z.boolean()]).optional(),
  /** Zero where it went well. */
  ret_cd: z.union([z.string(), z.number()]).optional(),
})

type Answered<T> = { answer: T } | { problem: 'refused' | 'away'; detail: string }

export function oneIdProvider(
  place: OneIdPlace,
  { answerWithinMs = ANSWER_WITHIN_MS } = {},
): IdentityProvider {
  const { address, clientId, scope, secret } = place

  async function ask<T>(
    grant: string,
    fields: Record<string, string>,
    schema: z.ZodType<T>,
  ): Promise<Answered<T>> {
    const body = new URLSearchParams({
      grant_type: grant,
      client_id: clientId,
      client_secret: secret,
      ...fields,
    })
    const away = (what: string) => ({ problem: 'away' as const, detail: `${grant}: ${what}` })
    try {
      const response = await fetch(address, {
        method: 'POST',
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(answerWithinMs),
        headers: { accept: 'application/json' },
      })
      const read = schema.safeParse(asJson(await readBounded(response, ANSWER_MAX_BYTES)))
      if (response.status >= 500) return away(`status ${response.status}`)
      if (response.ok && read.success) return { answer: read.data }
      return { problem: 'refused', detail: `${grant}: status ${response.status}, no such answer` }
    } catch (error) {
      // The message of a failed fetch names no field of its body.
      return away(error instanceof Error ? error.name : 'failed')
    }
  }

  return {
    addressFor({ redirectUri, state }) {
      const to = new URL(address)
      const asked = {
        response_type: 'one_code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope,
        state,
      }
      for (const [name, value] of Object.entries(asked)) to.searchParams.set(name, value)
      return to.href
    },

    async prove({ code, redirectUri }): Promise<Proven> {
      const changed = await ask('one_authorization_code', { redirect_uri: redirectUri, code }, Token)
      if ('problem' in changed) return changed
      const token = changed.answer.access_token
      const told = await ask('one_access_token_identify', { access_token: token, scope }, Person)
      return 'problem' in told ? told : provenBy(told.answer, token)
    },

    async signOut(token) {
      const left = await ask('one_log_out', { access_token: token, scope }, z.unknown())
      return 'answer' in left
    },
  }
}

function provenBy(told: z.infer<typeof Person>, token: string): Proven {
  const step = 'one_access_token_identify'
  if (told.ret_cd !== undefined && Number(told.ret_cd) !== 0)
    return { problem: 'refused', detail: `${step}: ret_cd is not 0` }
  if (told.user_type !== 'I') return { problem: 'notPerson', detail: `${step}: user_type is not I` }
  if (String(told.valid ?? true).toLowerCase() === 'false')
    return { problem: 'notVerified', detail: `${step}: not valid` }
  const read = readPinfl(told.pin)
  const name = nameOf(told)
  if ('fault' in read || name === '')
    return { problem: 'refused', detail: `${step}: ${name === '' ? 'no name' : 'no PINFL'}` }
  return { person: { pinfl: read.pinfl, name }, token }
}

function nameOf({ first_name, full_name, mid_name, sur_name }: z.infer<typeof Person>): string {
  const written = full_name.trim() || [sur_name, first_name, mid_name].filter(Boolean).join(' ')
  return asPlainText(written, NAME_MAX_CHARACTERS).text.trim()
}

/** Nothing for what is none. */
function asJson(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return undefined
  }
}
