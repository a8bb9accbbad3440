/** Signing in to the cabinet, by a code or by OneID, and out of it. */
import { z } from 'zod'
import { readMobileNumber } from '#core/portal/filing.ts'
import { SIGN_IN_WITHIN_MS } from '#core/portal/proven-identity.ts'
import { addresses } from '../../portal/addresses.ts'
import { codePage, codeProblemText } from '../../portal/pages/filing.ts'
import { signInPage, signInProblemText } from '../../portal/pages/sign-in.ts'
import { textsIn } from '../../portal/texts.ts'
import { Refusal } from '../errors.ts'
import { SIGNED_IN_SECONDS } from './cabinet.ts'
import type { Answer, Desk } from './desk.ts'
import { tooManyCodesText } from './filing-routes.ts'
import { WAYS_ON } from './person-sign-in.ts'
import type { PortalService } from './service.ts'
import { CITIZEN_COOKIE, TICKET_COOKIE, type Visit } from './visit.ts'

const Id = z.uuid()

export function signInRoutes(desk: Desk, { cabinet, codes, persons }: PortalService): void {
  const asking = async (
    { view }: Visit,
    told: { phone: string; problem?: string; complaint?: string | undefined },
  ): Promise<Answer> => signInPage(view, { ...told, isOneIdOffered: await persons.isOffered() })

  desk.page('/sign-in', async (visit) => {
    if (visit.identity) return { to: addresses.cabinet }
    const complaint = signInProblemText(visit.view, visit.asked['problem'])
    return await asking(visit, { phone: '', complaint })
  })

  desk.form('/sign-in', ['code'], async (visit) => {
    const { view, visitor, fields } = visit
    const phone = fields['phone'] ?? ''
    const e164 = readMobileNumber(phone)
    const t = textsIn(view.language)
    const problem = t('Write a telephone number of Uzbekistan, such as +998 90 123 45 67.')
    if (e164 === undefined) return await asking(visit, { phone, problem })
    const asked = await cabinet.askCode({ e164, visitor, language: view.language })
    if ('id' in asked) return { to: addresses.signInCode(asked.id) }
    return await asking(visit, { phone, complaint: tooManyCodesText(view, asked.nextAt) })
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
    cookie(CITIZEN_COOKIE, '', 0)
    if (token) await cabinet.signOut(token)
    return { to: addresses.home }
  })
}

/** There and back. By links and not by forms: our own policy lets no form lead to another server. */
export function oneIdRoutes(desk: Desk, { persons }: PortalService): void {
  desk.page('/sign-in/oneid', async (visit, { cookie }) => {
    await desk.count('form', visit)
    const on = WAYS_ON.find((one) => one === visit.asked['on']) ?? 'cabinet'
    const begun = await persons.begin(visit.visitor, on)
    if (!begun) return { to: addresses.signInProblem('away') }
    cookie(TICKET_COOKIE, begun.ticket, SIGN_IN_WITHIN_MS / 1000)
    return { to: begun.to }
  })

  desk.page('/sign-in/oneid/back', async (visit, { cookie, request }) => {
    await desk.count('form', visit)
    const ticket = request.cookies[TICKET_COOKIE] ?? ''
    // Whatever comes of it: the same answer is not taken twice.
    cookie(TICKET_COOKIE, '', 0)
    const { asked, view, visitor } = visit
    const done = await persons.finish({ visitor, ticket, asked, language: view.language })
    if ('problem' in done) return { to: addresses.signInProblem(done.problem) }
    cookie(CITIZEN_COOKIE, done.token, SIGNED_IN_SECONDS)
    return { to: done.on === 'file' ? addresses.file : addresses.cabinet }
  })
}

function idIn(text: string | undefined): string {
  const read = Id.safeParse(text)
  if (!read.success) throw new Refusal('notFound', 'No code is named')
  return read.data
}
