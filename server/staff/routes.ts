import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ChangeMe, Me, SignIn } from '#contract/staff.ts'
import { setSignInCookie, SIGN_IN_COOKIE } from '../http.ts'
import { allowBeforePassword, open } from '../http-permissions.ts'
import { SIGN_IN_MAX_MS, type StaffService } from './service.ts'

const tags = ['staff']
const Nothing = z.null()

export const staffRoutes =
  (staff: StaffService): FastifyPluginAsyncZod =>
  async (app) => {
    const signInSchema = {
      summary: 'Sign in; the answer sets the cookie',
      tags,
      body: SignIn,
      response: { 200: Me },
    }
    app.post('/sign-in', { config: open, schema: signInSchema }, async (request, response) => {
      const from = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' }
      const { token, me } = await staff.signIn(request.body, from)
      // Whoever was signed in at this browser before is not any more.
      const before = request.cookies[SIGN_IN_COOKIE]
      if (before) await staff.signOut(before)
      setSignInCookie(request, response, token, SIGN_IN_MAX_MS / 1000)
      return me
    })

    const signOutSchema = { summary: 'End this sign-in', tags, response: { 204: Nothing } }
    app.post(
      '/sign-out',
      { config: allowBeforePassword, schema: signOutSchema },
      async (request, response) => {
        await staff.signOut(request.cookies[SIGN_IN_COOKIE] ?? '', request.staff.id)
        setSignInCookie(request, response, '', 0)
        return response.code(204).send(null)
      },
    )

    app.get(
      '/me',
      {
        config: allowBeforePassword,
        schema: { summary: 'Who I am and what I may do', tags, response: { 200: Me } },
      },
      (request) => staff.me(request.staff.id),
    )

    const changeMeSchema = { summary: 'Change my language', tags, body: ChangeMe, response: { 200: Me } }
    app.patch('/me', { config: allowBeforePassword, schema: changeMeSchema }, (request) =>
      staff.changeMe(request.staff.id, request.body),
    )
  }
