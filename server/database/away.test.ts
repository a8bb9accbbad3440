import { expect, test } from 'vitest'
import { isDatabaseAway } from './away.ts'

const withCode = (code: string) => Object.assign(new Error('refused'), { code })

test.each([
  withCode('08006'),
  withCode('53300'),
  withCode('57P01'),
  withCode('40001'),
  withCode('ECONNREFUSED'),
  withCode('ENOENT'),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
  new Error('Client has encountered a connection error and is not queryable'),
])('%s says that the database is away', (error) => {
  expect(isDatabaseAway(error)).toBe(true)
})

test.each([
  withCode('23503'),
  withCode('22P05'),
  new Error('Not handled: {"type":"unheardOf"}'),
  new TypeError("Cannot read properties of undefined (reading 'connection')"),
  'nothing that is an error',
])('%s says that what was asked is wrong', (error) => {
  expect(isDatabaseAway(error)).toBe(false)
})
