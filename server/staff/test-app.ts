/** For tests of settings: an application at which everybody is the one administrator there is, in the role that he says. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Kysely } from 'kysely'
import pino from 'pino'
import { afterAll } from 'vitest'
import type { StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'
import { openHttp } from '../http.ts'

/** Its sign-in is the name of the role: `cookies: { javob: 'agent' }`. Closed after the tests of the file. */
export async function testApp(db: Kysely<Database>, routes: FastifyPluginAsyncZod) {
  const { id: administrator } = await db
    .insertInto('staff_members')
    .values({ login: 'admin', name: 'admin', role: 'administrator', languages: [], password_hash: '-' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const app = await openHttp({
    log: pino({ level: 'silent' }),
    staffOf: async (role) => ({ id: administrator as StaffId, name: role, role: role as Role, signIn: role }),
    health: async () => ({}),
  })
  await app.register(routes, { prefix: '/api' })
  afterAll(() => app.close())
  return { administrator, app }
}
