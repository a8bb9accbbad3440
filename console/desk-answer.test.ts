import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Desk } from '#contract/calls.ts'
import { askForDesk, putDesk } from './desk-api.ts'
import { keys } from './api.ts'

const SAME_MILLISECOND = 1_000
const aDesk = (status: Desk['status'], serverTime = SAME_MILLISECOND) =>
  ({ status, serverTime, call: null }) as Desk

test('what the live stream told while the desk was asked for counts, also in the same millisecond', async () => {
  const client = new QueryClient()
  putDesk(client, aDesk('talking', 0))
  const answer = askForDesk(client, async () => {
    putDesk(client, aDesk('wrapUp'))
    return aDesk('talking')
  })
  expect((await answer).status).toBe('wrapUp')
})

test('what the live stream tells after the server’s clock was set back is believed', () => {
  const client = new QueryClient()
  putDesk(client, aDesk('talking', 60_000))
  putDesk(client, aDesk('wrapUp', 1_000))
  expect(client.getQueryData<Desk>(keys.desk)?.status).toBe('wrapUp')
})

test('an answer that nothing overtook is the desk as it stands', async () => {
  const client = new QueryClient()
  putDesk(client, aDesk('available'))
  expect((await askForDesk(client, async () => aDesk('ringing'))).status).toBe('ringing')
})
