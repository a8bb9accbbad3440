import { randomUUID } from 'node:crypto'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runOnce } from 'graphile-worker'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '#core/lib/ids.ts'
import { enqueueRecording, recordingJobs } from './jobs.ts'
import { anEndedCall, tone, type Workshop, workshop } from './recording-fixture.ts'
import { recordingService } from './service.ts'

let shop: Workshop
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.takeDown())

const status = async (call: CallId) => (await shop.row(call)).status
const work = () =>
  runOnce({ pgPool: shop.pool, taskList: recordingJobs(recordingService(shop.deps)), noHandleSignals: true })
const jobs = async () =>
  (await shop.pool.query('select key, attempts, last_error from graphile_worker.jobs order by id')).rows

test('the end of a call puts its recording to work, in the same transaction', async () => {
  const call = await anEndedCall(shop)
  await shop.db.transaction().execute((trx) => enqueueRecording(trx, call))
  await work()
  expect(await status(call)).toBe('stored')

  const undone = await anEndedCall(shop)
  const rolledBack = shop.db.transaction().execute(async (trx) => {
    await enqueueRecording(trx, undone)
    throw new Error('the call did not end after all')
  })
  await expect(rolledBack).rejects.toThrow('after all')
  expect(await jobs()).toEqual([])
  await recordingService(shop.deps).finish(undone)
})

test('a recording that could not be finished is tried again by itself', async () => {
  const call = await anEndedCall(shop, { citizen: undefined, agent: undefined })
  await shop.db.transaction().execute((trx) => enqueueRecording(trx, call))
  await work()
  expect(await status(call)).toBe('failed')
  // The worker writes the reason down after it has let the job go.
  await expect
    .poll(jobs)
    .toMatchObject([
      { key: `recording:${call}`, attempts: 1, last_error: expect.stringContaining('Nothing was recorded') },
    ])

  await writeFile(shop.legs(call).citizen, tone(440, 2))
  await writeFile(shop.legs(call).agent, tone(440, 2))
  await shop.pool.query('update graphile_worker._private_jobs set run_at = now()')
  await work()
  expect(await status(call)).toBe('stored')
})

test('the look now and then leaves alone what is tried again by itself, so that its pauses go on growing', async () => {
  const call = await anEndedCall(shop, { citizen: undefined, agent: undefined })
  await shop.db.transaction().execute((trx) => enqueueRecording(trx, call))
  await work()
  const attempts = async () => (await jobs()).find(({ key }) => key === `recording:${call}`)?.attempts
  await recordingService(shop.deps).resumeForgotten()
  expect(await attempts()).toBe(1)
  await shop.pool.query('update graphile_worker._private_jobs set attempts = max_attempts')
  await recordingService(shop.deps).resumeForgotten()
  expect(await attempts()).toBe(0)
  await work()
  await recordingService(shop.deps).resumeUnfinished()
  expect(await attempts()).toBe(0)
})

test('what a killed server left unfinished is taken up at the next start, calls in progress are not', async () => {
  const left = await anEndedCall(shop)
  const inProgress = await anEndedCall(shop, { inProgress: true })
  await recordingService(shop.deps).resumeUnfinished()
  await work()
  expect(await status(left)).toBe('stored')
  expect(await status(inProgress)).toBe('recording')
})

test('legs without a call are kept and told of, once they are old', async () => {
  const [old, young] = [randomUUID() as CallId, randomUUID() as CallId]
  await writeFile(shop.legs(old).citizen, tone(440, 1))
  await writeFile(shop.legs(young).citizen, tone(440, 1))
  const hourAgo = new Date(Date.now() - 3_600_000)
  await utimes(shop.legs(old).citizen, hourAgo, hourAgo)
  await writeFile(join(shop.folders.spool, 'notes.txt'), 'left alone')

  const recordings = recordingService(shop.deps)
  await recordings.resumeUnfinished()
  await recordings.resumeUnfinished()
  expect(await shop.alarms(old)).toEqual(['recordingOrphan'])
  expect(await shop.alarms(young)).toEqual([])
})

test('legs of a stored recording are deleted only if the stored file holds them', async () => {
  const recordings = recordingService(shop.deps)
  const [same, other] = [await anEndedCall(shop, { seconds: 2 }), await anEndedCall(shop, { seconds: 2 })]
  for (const call of [same, other]) {
    await recordings.finish(call)
    await writeFile(shop.legs(call).citizen, tone(440, call === same ? 2 : 9))
  }
  await recordings.resumeUnfinished()
  expect(await shop.legSeconds(same)).toEqual([0, 0])
  expect(await shop.legSeconds(other)).toEqual([9, 0])
  expect(await shop.alarms(other)).toEqual(['recordingFailed'])
})
