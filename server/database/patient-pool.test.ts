import type pg from 'pg'
import { expect, test } from 'vitest'
import { patientPool } from './patient-pool.ts'

/** A pool whose every question ends so. */
function failing(error: Error): pg.Pool {
  const ask = () => Promise.reject(error)
  return { connect: ask, query: ask } as unknown as pg.Pool
}

test.each([
  ['nobody listens', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ['its socket is not there', Object.assign(new Error('connect'), { code: 'ENOENT' })],
  ['it went in the middle', Object.assign(new Error('write'), { code: 'EPIPE' })],
  ['it was killed', Object.assign(new Error('unexpected postmaster exit'), { code: '57P01' })],
  ['it is starting', Object.assign(new Error('starting up'), { code: '57P03' })],
  ['pg has no code for it', new Error('Connection terminated unexpectedly')],
])('a database that has gone (%s) is tried again', async (_how, error) => {
  const pool = patientPool(failing(error))
  await expect(pool.connect()).rejects.toMatchObject({ code: 'ETIMEDOUT', cause: error })
  await expect(pool.query('select 1')).rejects.toMatchObject({ code: 'ETIMEDOUT' })
})

test('what is wrong with a question is told as it is', async () => {
  const error = Object.assign(new Error('no such table'), { code: '42P01' })
  await expect(patientPool(failing(error)).query('select')).rejects.toBe(error)
})

test('a client that is lent asks as patiently, and everything else is its own', async () => {
  const lent = {
    name: 'lent',
    ownName() {
      return this.name
    },
    query: () => Promise.reject(Object.assign(new Error('write'), { code: 'EPIPE' })),
  }
  const pool = patientPool({ connect: async () => lent } as unknown as pg.Pool)
  const client = (await pool.connect()) as unknown as typeof lent
  expect(client.ownName()).toBe('lent')
  await expect(client.query()).rejects.toMatchObject({ code: 'ETIMEDOUT' })
})

test('a client is lent to a callback too, which is how timed work listens for what is new', async () => {
  const client = {}
  const pool = patientPool({
    connect: (lend: (error: undefined, lent: object, release: () => void) => void) =>
      lend(undefined, client, () => undefined),
  } as unknown as pg.Pool)
  const lent = await new Promise((resolve) => pool.connect((_error, given) => resolve(given)))
  expect(lent).toBe(client)
})
