/**
 * Who may use which address. Every route states it, by `allow` or as public; a
 * route that states nothing stops the server from starting, because forgetting
 * it must not be possible to overlook.
 */
import type { FastifyInstance, FastifyRequest, onRouteHookHandler, RouteOptions } from 'fastify'
import type { StaffId } from '#core/lib/ids.ts'
import { type Action, may, type Role } from '#core/staff/permissions.ts'
import { Refusal } from './errors.ts'

/** A member of staff behind a request. */
export type SignedInStaff = {
  id: StaffId
  name: string
  role: Role
  /** Names this one sign-in among those of the same person. Opens nothing. */
  signIn: string
  /** Somebody else made his password: he may do nothing before he has chosen one. */
  hasOneTimePassword?: boolean
}

/** Any of these actions will do; `signedIn` asks only who it is. */
export type Permission =
  | { readonly allow: readonly (Action | 'signedIn')[]; readonly oneTimePasswordWillDo?: true }
  | { readonly public: true }

declare module 'fastify' {
  interface FastifyRequest {
    /** Refuses when nobody is signed in; in a route that is not public, somebody is. */
    readonly staff: SignedInStaff
    signedInStaff: SignedInStaff | null
  }
  interface FastifyContextConfig {
    allow?: readonly (Action | 'signedIn')[]
    oneTimePasswordWillDo?: true
    public?: true
    /** It is sent by a form of a page of ours, and asks for the token of that page itself. */
    ownForm?: true
  }
}

/** A route's `config`: whoever may do one of these actions. */
export function allow(...actions: readonly (Action | 'signedIn')[]): Permission {
  return { allow: actions }
}

/** A route's `config`: whoever is signed in, also before he has chosen a password of his own. */
export const allowBeforePassword: Permission = { allow: ['signedIn'], oneTimePasswordWillDo: true }

/** A route's `config`: open to everybody, signed in or not. */
export const open: Permission = { public: true }

/** States the permission for all routes of a plugin that state none themselves: `app.addHook('onRoute', allAllow('changeFlows'))`. */
export function allAllow(...actions: readonly (Action | 'signedIn')[]): onRouteHookHandler {
  return (route) => {
    if (!isStated(route)) route.config = { ...route.config, allow: actions }
  }
}

function isStated({ config }: Pick<RouteOptions, 'config'>): boolean {
  return config?.public === true || (config?.allow?.length ?? 0) > 0
}

/** Makes each request know its member of staff, and refuses what the role may not do. */
export function guardRoutes(
  app: FastifyInstance,
  staffOf: (request: FastifyRequest) => Promise<SignedInStaff | undefined>,
): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  app.addHook('onReady', async () => {
    const unstated = routes
      .filter((route) => !isStated(route))
      .map(({ method, url }) => `${String(method)} ${url}`)
    if (unstated.length > 0)
      throw new Error(`These routes do not say who may use them: ${unstated.join(', ')}`)
  })

  app.decorateRequest('signedInStaff', null)
  app.decorateRequest('staff', {
    getter(this: FastifyRequest) {
      if (!this.signedInStaff) throw new Refusal('notSignedIn', 'Nobody is signed in')
      return this.signedInStaff
    },
  })
  app.addHook('onRequest', async (request) => {
    const { allow: actions, oneTimePasswordWillDo } = request.routeOptions.config
    if (!actions) return
    request.signedInStaff = (await staffOf(request)) ?? null
    const { role, hasOneTimePassword } = request.staff
    if (hasOneTimePassword && !oneTimePasswordWillDo)
      throw new Refusal('passwordToChoose', 'A password of his own has to be chosen first')
    if (!actions.some((action) => action === 'signedIn' || may(role, action))) {
      throw new Refusal('notAllowed', `${role} may not ${actions.join(' or ')}`)
    }
  })
}
