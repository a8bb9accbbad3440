import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

function works(names: readonly string[]) {
  const ends = new Map(names.map((name) => [name, Promise.withResolvers<string>()]))
  const seen: string[] = []
  const doOne = async (name: string) => {
    seen.push(`${name} begins`)
    return await ends.get(name)?.promise.finally(() => seen.push(`${name} ends`))
  }
  return { doOne, end: (name: string) => ends.get(name), seen }
}

test('work is begun when the one before it has ended, well or badly, and none of too many waits', async () => {
  const { doOne, end, seen } = works(['1', '2', '3'])
  const work = inOrder(doOne, { atOnce: 1, waitingMax: 2 })
  const done = Promise.allSettled([work('1'), work('2'), work('3')])
  await expect(work('4')).rejects.toMatchObject({ code: 'tooBusy' })
  // The last would be done first.
  end('3')?.resolve('work 3')
  end('2')?.resolve('work 2')
  expect(seen).toEqual(['1 begins'])
  end('1')?.reject(new Error('not in time'))
  expect((await done).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect(seen).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
  expect(await work('3')).toBe('work 3')
})

test('two at once: the third begins when either of them has ended, and the fourth after it', async () => {
  const { doOne, end, seen } = works(['1', '2', '3', '4'])
  const work = inOrder(doOne, { atOnce: 2, waitingMax: 9 })
  const done = Promise.all(['1', '2', '3', '4'].map(work))
  expect(seen).toEqual(['1 begins', '2 begins'])
  end('2')?.resolve('b')
  await expect.poll(() => seen.join()).toBe('1 begins,2 begins,2 ends,3 begins')
  end('3')?.resolve('c')
  await expect.poll(() => seen.at(-1)).toBe('4 begins')
  end('4')?.resolve('d')
  end('1')?.resolve('a')
  expect(await done).toEqual(['a', 'b', 'c', 'd'])
})
