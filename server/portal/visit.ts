/**
 * A visit to the portal: which browser it is, in which language, what whoever is signed in has proven, and whether a form came
 * from a page of ours.
 *
 * The browser has a name of its own from its first page on, known to nobody else. Forms carry a hash of it that only
 * this server can make, so that no other page can send one; and what was begun in a browser goes on only there.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { asStorableText } from '#core/text/hostile-text.ts'
import type { ProvenIdentity } from '#core/portal/proven-identity.ts'
import { WRITTEN_LANGUAGES, type WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { PORTAL } from '../../portal/addresses.ts'
import { TOKEN_FIELD, TRAP_FIELD } from '../../portal/forms.ts'
import type { View } from '../../portal/view.ts'
import type { PortalService } from './service.ts'
import { STYLE_VERSION } from './style.ts'

export const VISITOR_COOKIE = 'javob-visitor'
export const LANGUAGE_COOKIE = 'javob-language'
export const CITIZEN_COOKIE = 'javob-citizen'
/** Of whoever is at OneID. */
export const TICKET_COOKIE = 'javob-ticket'
const VISITOR_BYTES = 16
const VISITOR_SECONDS = 30 * 86_400
const LANGUAGE_SECONDS = 365 * 86_400

export type Fields = Readonly<Record<string, string>>

export type Visit = {
  readonly view: View
  readonly visitor: Buffer
  /** Of whoever is signed in. */
  readonly identity: ProvenIdentity | undefined
  readonly address: string
  readonly fields: Fields
  readonly asked: Fields
}

/** `path`: the page to be shown, for the links to other languages. `asksWho`: not where that may be what went wrong. */
export async function visitOf(
  portal: PortalService,
  request: FastifyRequest,
  {
    response,
    path,
    asksWho = true,
  }: { response: FastifyReply; path?: string | undefined; asksWho?: boolean },
): Promise<Visit> {
  const asked = askedIn(request.query)
  const token = nameOf(request, response)
  const language = languageOf(request, response, asked['lang'])
  const citizen = request.cookies[CITIZEN_COOKIE]
  const [surroundings, identity] = await Promise.all([
    portal.surroundings(language),
    citizen && asksWho ? portal.cabinet.identityOf(citizen) : undefined,
  ])
  return {
    view: {
      ...surroundings,
      language,
      path: path ?? request.url,
      token: formToken(portal, token),
      isSignedIn: identity !== undefined,
      style: STYLE_VERSION,
    },
    visitor: createHash('sha256').update(token).digest(),
    identity,
    address: request.ip,
    fields: (request.body ?? {}) as Fields,
    asked,
  }
}

/** Whether the form came from a page that this server made for this browser. */
export function isOwnForm(portal: PortalService, request: FastifyRequest): boolean {
  const token = request.cookies[VISITOR_COOKIE]
  const sent = (request.body as Fields | undefined)?.[TOKEN_FIELD] ?? ''
  return token !== undefined && portal.keys.isSame(sent, formToken(portal, token))
}

/** A program fills in what no person sees. */
export function fellIntoTrap({ fields }: Visit): boolean {
  return (fields[TRAP_FIELD] ?? '') !== ''
}

export function setCookie(
  { request, response }: { request: FastifyRequest; response: FastifyReply },
  { name, value, maxAgeSeconds }: { name: string; value: string; maxAgeSeconds: number },
): void {
  response.setCookie(name, value, {
    httpOnly: true,
    // A link in a message leads here from another program: then the cabinet is to be open too.
    sameSite: 'lax',
    path: PORTAL,
    secure: request.protocol === 'https',
    maxAge: maxAgeSeconds,
  })
}

/** What comes twice counts as it came last, as in forms; no text has a NUL, which no table would take. */
function askedIn(query: unknown): Fields {
  const asked = Object.entries(query as Record<string, string | string[]>)
  return Object.fromEntries(asked.map(([name, value]) => [name, asStorableText([value].flat().at(-1) ?? '')]))
}

function formToken(portal: PortalService, visitor: string): string {
  return portal.keys.hash('form', visitor).toString('base64url')
}

function nameOf(request: FastifyRequest, response: FastifyReply): string {
  const known = request.cookies[VISITOR_COOKIE]
  if (known) return known
  const made = randomBytes(VISITOR_BYTES).toString('base64url')
  setCookie({ request, response }, { name: VISITOR_COOKIE, value: made, maxAgeSeconds: VISITOR_SECONDS })
  return made
}

function languageOf(
  request: FastifyRequest,
  response: FastifyReply,
  wanted: string | undefined,
): WrittenLanguage {
  const chosen = known(wanted)
  if (chosen)
    setCookie(
      { request, response },
      { name: LANGUAGE_COOKIE, value: chosen, maxAgeSeconds: LANGUAGE_SECONDS },
    )
  return chosen ?? known(request.cookies[LANGUAGE_COOKIE]) ?? preferred(request.headers['accept-language'])
}

function known(language: string | undefined): WrittenLanguage | undefined {
  return WRITTEN_LANGUAGES.find((one) => one === language)
}

/** The first that the browser names and we have; Uzbek otherwise. */
function preferred(accepted = ''): WrittenLanguage {
  const named = accepted.split(',').map((part) => part.split(';')[0]?.trim() ?? '')
  return (
    named.map((name) => known(name) ?? known(name.split('-')[0])).find((one) => one !== undefined) ?? 'uz'
  )
}
