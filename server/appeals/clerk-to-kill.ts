/**
 * For tests: a process of its own that registers all forms it is given at once, says on its output which number each got,
 * and is killed at the n-th moment of talking with the database, as a power cut would.
 */
import { writeSync } from 'node:fs'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import pino from 'pino'
import type { RegisterAppeal } from '#contract/appeals.ts'
import { openPool } from '../database/pool.ts'
import type { Database } from '../database/schema.ts'
import { messageService } from '../messages/service.ts'
import { killingAt } from './failing-pool.ts'
import type { Registrar } from './registering.ts'
import { appealService } from './service.ts'

export type ToldByClerk = { key: string; number: string }
export type ClerkOrders = {
  connection: pg.PoolConfig
  by: Registrar
  now: number
  forms: RegisterAppeal[]
  moment: number
}

const STDOUT = 1

function kill(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal may take a moment; nothing more is done in it.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

const { connection, by, now, forms, moment } = JSON.parse(process.argv[2] ?? '') as ClerkOrders
const log = pino({ level: 'silent' })
const pool = openPool(connection, log)
const db = new Kysely<Database>({
  dialect: new PostgresDialect({ pool: killingAt(pool, moment, kill).pool }),
})
const notHere = () => Promise.reject(new Error('Nothing is sent here'))
const messages = messageService({
  db,
  log,
  now: () => now,
  sender: notHere,
  followCode: () => '',
  address: notHere,
  told: notHere,
})
const appeals = appealService({ db, log, now: () => now, moved: messages.tellOfMoves })
await Promise.all(
  forms.map(async (form) => {
    const { number } = await appeals.register(form, by)
    const told: ToldByClerk = { key: form.requestKey, number }
    writeSync(STDOUT, `${JSON.stringify(told)}\n`)
  }),
)
await pool.end()
