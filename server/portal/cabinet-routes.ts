/** The cabinet: own appeals and calls, and what can be done with them. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { formatAppealNumber, parseAppealNumber } from '#core/appeals/appeal-number.ts'
import type { CallId } from '#core/lib/ids.ts'
import {
  CITIZEN_ACTIONS,
  CITIZENS_WORDS_MAX_CHARACTERS,
  type CitizenAction,
  readStars,
} from '#core/portal/citizen-appeal.ts'
import { lettersOver } from '#core/portal/filing.ts'
import { phoneOf, type ProvenIdentity } from '#core/portal/proven-identity.ts'
import { addresses } from '../../portal/addresses.ts'
import { TOO_LONG } from '../../portal/forms.ts'
import { type ActionKeys, ownAppealPage, type Written } from '../../portal/pages/appeal.ts'
import { cabinetPage, callsPage, openedPage } from '../../portal/pages/cabinet.ts'
import { textsIn, type TextKey } from '../../portal/texts.ts'
import { Refusal } from '../errors.ts'
import type { Answer, Desk, Handler } from './desk.ts'
import { fileGiven } from './filing-routes.ts'
import type { PortalService } from './service.ts'
import type { Visit } from './visit.ts'

const Id = z.uuid()
const Version = z.coerce.number().int().positive()

type Signed = Visit & { identity: ProvenIdentity }
type SignedByPhone = Signed & { e164: string }

export function cabinetRoutes(desk: Desk, portal: PortalService): void {
  const { cabinet, own } = portal

  desk.page(
    '/cabinet',
    signed(async ({ view, identity, asked }) =>
      cabinetPage(view, { identity, ...(await own.list(identity, asked)) }),
    ),
  )
  desk.page(
    '/cabinet/calls',
    byPhone(async ({ view, e164 }) => callsPage(view, { calls: await cabinet.calls(e164) })),
  )
  desk.page(
    '/cabinet/opened',
    signed(async ({ view, identity }) =>
      openedPage(view, { by: identity.by, openings: await cabinet.openings(identity) }),
    ),
  )

  desk.form(
    '/cabinet/calls/:id/recording',
    [],
    byPhone(async ({ e164 }, { request }) => {
      await cabinet.askForRecording(e164, callIn(request.params))
      return { to: addresses.calls }
    }),
  )
  desk.page(
    '/cabinet/calls/:id/recording',
    byPhone(async ({ e164 }, { request }) => ({
      sound: await cabinet.recording(e164, callIn(request.params)),
    })),
  )

  ownAppealRoutes(desk, portal)
}

function ownAppealRoutes(desk: Desk, portal: PortalService): void {
  const { own } = portal
  const appealPage = async (visit: Signed, number: string, told: Told = {}): Promise<Answer> =>
    ownAppealPage(visit.view, await own.open({ identity: visit.identity, number }), {
      ...told,
      keys: actionKeys(),
    })

  desk.page(
    '/cabinet/appeals/:number',
    signed(async (visit, { request }) => {
      const named = visit.asked['done'] ?? ''
      const done = Object.hasOwn(DONE, named) ? DONE[named] : undefined
      return await appealPage(visit, numberIn(request.params), {
        done: done && textsIn(visit.view.language)(done),
      })
    }),
  )

  desk.form(
    '/cabinet/appeals/:number/file',
    [],
    signed(async ({ identity, fields }, { request }) =>
      fileGiven(own, { identity, number: numberIn(request.params) }, fields),
    ),
  )

  for (const action of CITIZEN_ACTIONS)
    desk.form(
      `/cabinet/appeals/:number/${action}`,
      [],
      signed(async (visit, { request }) => {
        const number = numberIn(request.params)
        const t = textsIn(visit.view.language)
        const words = visit.fields[`words-${action}`] ?? ''
        const here = { ...visit, view: { ...visit.view, path: addresses.appeal(number) } }
        const told = { in: action, words }
        const wrong = words.trim() === '' ? t('Say it in a few words.') : tooLongText(visit, words)
        if (wrong !== undefined)
          return await appealPage(here, number, { written: { ...told, problem: wrong } })
        const problem = await act(portal, visit, { number, action, words })
        if (problem) return await appealPage(here, number, { complaint: t(problem), written: told })
        return { to: `${addresses.appeal(number)}?done=${action}` }
      }),
    )

  desk.form(
    '/cabinet/appeals/:number/rating',
    [],
    signed(async (visit, { request }) => {
      const { identity, fields } = visit
      const number = numberIn(request.params)
      const { stars: typed = '', words = '' } = fields
      const stars = readStars(typed)
      const here = { ...visit, view: { ...visit.view, path: addresses.appeal(number) } }
      const problem = tooLongText(visit, words)
      const starsProblem =
        stars === undefined ? textsIn(visit.view.language)('Choose from one to five.') : undefined
      if (stars === undefined || problem !== undefined)
        return await appealPage(here, number, {
          written: { in: 'rating', words, stars: typed, problem, starsProblem },
        })
      await own.rate({ identity, number }, { stars, words })
      return { to: `${addresses.appeal(number)}?done=rating` }
    }),
  )
}

type Told = { done?: string | undefined; complaint?: string | undefined; written?: Written }

function tooLongText({ view }: Visit, words: string): string | undefined {
  const over = lettersOver(words, CITIZENS_WORDS_MAX_CHARACTERS)
  return over > 0
    ? textsIn(view.language)(TOO_LONG, { most: CITIZENS_WORDS_MAX_CHARACTERS, over })
    : undefined
}

const DONE: Readonly<Record<string, TextKey>> = {
  supplement: 'Added. Whoever works on your appeal sees it.',
  withdraw: 'Taken back. It is not considered any more.',
  reopen: 'The appeal is open again.',
  rating: 'Thank you for your rating.',
}

/** What stands against it, in words; who asks for what is not there is told so by a page of its own. */
async function act(
  { own }: PortalService,
  { identity, fields }: Signed,
  { number, action, words }: { number: string; action: CitizenAction; words: string },
): Promise<TextKey | undefined> {
  const key = Id.safeParse(fields['key'])
  const version = Version.safeParse(fields['version'])
  if (!key.success || !version.success) throw new Refusal('notFound', 'The form has no key or no version')
  try {
    await own.act({ identity, number }, { key: key.data, version: version.data, action, words })
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'notFound') throw error
    return error.code === 'changedMeanwhile'
      ? 'The appeal was moved on while you were writing. Look at it and send it once more.'
      : 'This cannot be done as the appeal stands now.'
  }
}

function actionKeys(): ActionKeys {
  return { supplement: randomUUID(), withdraw: randomUUID(), reopen: randomUUID() }
}

/** Whoever is not signed in is asked to, wherever he wanted to go. */
function signed(handler: (visit: Signed, more: Parameters<Handler>[1]) => Promise<Answer>): Handler {
  return async (visit, more) => {
    const { identity } = visit
    return identity === undefined ? { to: addresses.signIn } : await handler({ ...visit, identity }, more)
  }
}

/** What a telephone alone opens; whoever is signed in as a person has a cabinet without it. */
function byPhone(handler: (visit: SignedByPhone, more: Parameters<Handler>[1]) => Promise<Answer>): Handler {
  return signed(async (visit, more) => {
    const e164 = phoneOf(visit.identity)
    return e164 === undefined ? { to: addresses.cabinet } : await handler({ ...visit, e164 }, more)
  })
}

function idIn(text: string | undefined): string {
  const read = Id.safeParse(text)
  if (!read.success) throw new Refusal('notFound', 'No call is named')
  return read.data
}

const callIn = (params: unknown): CallId => idIn((params as { id?: string }).id) as CallId

function numberIn(params: unknown): string {
  const number = parseAppealNumber((params as { number?: string }).number ?? '')
  if (!number) throw new Refusal('notFound', 'No appeal has such a number')
  return formatAppealNumber(number)
}
