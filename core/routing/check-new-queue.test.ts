import { expect, test } from 'vitest'
import { checkNewQueue, QUEUES_MAX } from './check-new-queue.ts'

const names = { uz: 'Navbat', ru: 'Очередь' }
const known = ['general']

test.each<[string, { uz: string; ru: string }, string[]]>([
  ['grants', names, []],
  ['Grants', names, ['queue badCode']],
  ['1grants', names, ['queue badCode']],
  ['grants;drop', names, ['queue badCode']],
  ['general', names, ['queue taken']],
  ['grants', { uz: ' ', ru: 'я'.repeat(61) }, ['uz required', 'ru tooLong']],
])('a queue „%s" called %o: %o', (queue, called, problems) => {
  expect(checkNewQueue({ queue, names: called }, known).map(({ field, code }) => `${field} ${code}`)).toEqual(
    problems,
  )
})

test('there is a bound to the number of queues', () => {
  const many = Array.from({ length: QUEUES_MAX }, (_, place) => `queue${place}`)
  expect(checkNewQueue({ queue: 'grants', names }, many)).toMatchObject([{ code: 'tooMany' }])
})
