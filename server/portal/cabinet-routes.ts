/** The cabinet: signing in with a code, own appeals and calls, and what can be done with them. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { formatAppealNumber, parseAppealNumber } from '#core/appeals/appeal-number.ts'
import type { CallId } from '#core/lib/ids.ts'
import { CITIZEN_ACTIONS, type CitizenAction, readStars } from '#core/portal/citizen-appeal.ts'
import { readMobileNumber } from '#core/portal/filing.ts'
import { addresses } from '../../portal/addresses.ts'
import { type ActionKeys, ownAppealPage } from '../../portal/pages/appeal.ts'
import { cabinetPage, callsPage, openedPage, signInPage } from '../../portal/pages/cabinet.ts'
import { codePage, codeProblemText } from '../../portal/pages/filing.ts'
import { textsIn, type TextKey } from '../../portal/texts.ts'
import { Refusal } from '../errors.ts'
import { SIGNED_IN_SECONDS } from './cabinet.ts'
import type { Answer, Desk, Handler } from './desk.ts'
import { fileGiven, tooManyCodesText } from './filing-routes.ts'
import type { PortalService } from './service.ts'
import { CITIZEN_COOKIE, type Visit } from './visit.ts'

const Id = z.uuid()
const Version = z.coerce.number().int().positive()

type Signed = Visit & { e164: string }

export function cabinetRoutes(desk: Desk, portal: PortalService): void {
  signInRoutes(desk, portal)
  const { cabinet, own } = portal

  desk.page(
    '/cabinet',
    signed(async ({ view, e164, asked }) => cabinetPage(view, { e164, ...(await own.list(e164, asked)) })),
  )
  desk.page(
    '/cabinet/calls',
    signed(async ({ view, e164 }) => callsPage(view, { calls: await cabinet.calls(e164) })),
  )
  desk.page(
    '/cabinet/opened',
    signed(async ({ view, e164 }) => openedPage(view, { openings: await cabinet.openings(e164) })),
  )

  desk.form(
    '/cabinet/calls/:id/recording',
    [],
    signed(async ({ e164 }, { request }) => {
      await cabinet.askForRecording(e164, callIn(request.params))
      return { to: addresses.calls }
    }),
  )
  desk.page(
    '/cabinet/calls/:id/recording',
    signed(async ({ e164 }, { request }) => ({
      sound: await cabinet.recording(e164, callIn(request.params)),
    })),
  )

  ownAppealRoutes(desk, portal)
}

function ownAppealRoutes(desk: Desk, portal: PortalService): void {
  const { own } = portal
  const appealPage = async (visit: Signed, number: string, told: Told = {}): Promise<Answer> =>
    ownAppealPage(visit.view, await own.open(visit.e164, number), { ...told, keys: actionKeys() })

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
    signed(async ({ e164, fields }, { request }) =>
      fileGiven(own, { e164, number: numberIn(request.params) }, fields),
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
        if (words.trim() === '')
          return await appealPage(here, number, { complaint: t('Say in a few words why.') })
        const problem = await act(portal, visit, { number, action, words })
        if (problem) return await appealPage(here, number, { complaint: t(problem) })
        return { to: `${addresses.appeal(number)}?done=${action}` }
      }),
    )

  desk.form(
    '/cabinet/appeals/:number/rating',
    [],
    signed(async ({ e164, fields }, { request }) => {
      const number = numberIn(request.params)
      const stars = readStars(fields['stars'] ?? '')
      if (stars === undefined) return { to: addresses.appeal(number) }
      await own.rate({ e164, number }, { stars, words: fields['words'] ?? '' })
      return { to: `${addresses.appeal(number)}?done=rating` }
    }),
  )
}

type Told = { done?: string | undefined; complaint?: string | undefined }

const DONE: Readonly<Record<string, TextKey>> = {
  supplement: 'Added. Whoever works on your appeal sees it.',
  withdraw: 'Taken back. It is not considered any more.',
  reopen: 'The appeal is open again.',
  rating: 'Thank you for your rating.',
}

/** What stands against it, in words; who asks for what is not there is told so by a page of its own. */
async function act(
  { own }: PortalService,
  { e164, fields }: Signed,
  { number, action, words }: { number: string; action: CitizenAction; words: string },
): Promise<TextKey | undefined> {
  const key = Id.safeParse(fields['key'])
  const version = Version.safeParse(fields['version'])
  if (!key.success || !version.success) throw new Refusal('notFound', 'The form has no key or no version')
  try {
    await own.act({ e164, number }, { key: key.data, version: version.data, action, words })
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

function signInRoutes(desk: Desk, { cabinet, codes }: PortalService): void {
  desk.page('/sign-in', async ({ view, e164 }) =>
    e164 === undefined ? signInPage(view, { phone: '' }) : { to: addresses.cabinet },
  )

  desk.form('/sign-in', ['code'], async ({ view, visitor, fields }) => {
    const phone = fields['phone'] ?? ''
    const e164 = readMobileNumber(phone)
    const t = textsIn(view.language)
    const problem = t('Write a telephone number of Uzbekistan, such as +998 90 123 45 67.')
    if (e164 === undefined) return signInPage(view, { phone, problem })
    const asked = await cabinet.askCode({ e164, visitor, language: view.language })
    if ('id' in asked) return { to: addresses.signInCode(asked.id) }
    return signInPage(view, { phone, complaint: tooManyCodesText(view, asked.nextAt) })
  })

  const askedPage = async ({ view, visitor }: Visit, id: string, complaint?: string): Promise<Answer> => {
    const code = await codes.look(id, visitor)
    if (!code) return { to: addresses.signIn }
    return codePage(view, {
      ...code,
      to: '/portal/sign-in/code',
      again: '/portal/sign-in/again',
      hidden: ['id', id],
      complaint,
    })
  }

  desk.page('/sign-in/code', async (visit) => {
    const problem = codeProblemText(visit.view, visit.asked['problem'])
    return await askedPage(visit, idIn(visit.asked['code']), problem)
  })

  desk.form('/sign-in/code', ['guess'], async (visit, { cookie }) => {
    const id = idIn(visit.fields['id'])
    const given = { id, visitor: visit.visitor, typed: visit.fields['code'] ?? '' }
    const signedIn = await cabinet.signIn(given, visit.view.language)
    if ('problem' in signedIn) return { to: addresses.signInCode(id, signedIn.problem) }
    cookie(CITIZEN_COOKIE, signedIn.token, SIGNED_IN_SECONDS)
    return { to: addresses.cabinet }
  })

  desk.form('/sign-in/again', ['code'], async (visit) => {
    const { view, visitor, fields } = visit
    const id = idIn(fields['id'])
    const code = await codes.look(id, visitor)
    if (!code) return { to: addresses.signIn }
    const asked = await cabinet.askCode({ e164: code.e164, visitor, language: view.language })
    if ('id' in asked) return { to: addresses.signInCode(asked.id) }
    const here = { ...visit, view: { ...view, path: addresses.signInCode(id) } }
    return await askedPage(here, id, tooManyCodesText(view, asked.nextAt))
  })

  desk.form('/sign-out', [], async (_visit, { request, cookie }) => {
    const token = request.cookies[CITIZEN_COOKIE]
    if (token) await cabinet.signOut(token)
    cookie(CITIZEN_COOKIE, '', 0)
    return { to: addresses.home }
  })
}

/** Whoever is not signed in is asked to, wherever he wanted to go. */
function signed(handler: (visit: Signed, more: Parameters<Handler>[1]) => Promise<Answer>): Handler {
  return async (visit, more) => {
    const { e164 } = visit
    return e164 === undefined ? { to: addresses.signIn } : await handler({ ...visit, e164 }, more)
  }
}

function idIn(text: string | undefined): string {
  const read = Id.safeParse(text)
  if (!read.success) throw new Refusal('notFound', 'No code is named')
  return read.data
}

const callIn = (params: unknown): CallId => idIn((params as { id?: string }).id) as CallId

function numberIn(params: unknown): string {
  const number = parseAppealNumber((params as { number?: string }).number ?? '')
  if (!number) throw new Refusal('notFound', 'No appeal has such a number')
  return formatAppealNumber(number)
}
