import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Refusal } from '../errors.ts'
import { inGroups } from './in-groups.ts'

/** What was done together, in its order. */
function grouped(isOfOne: (error: unknown) => boolean = () => false) {
  const groups: string[][] = []
  const send = inGroups<string, string>({
    isOfOne,
    async doAll(forms) {
      groups.push([...forms])
      await nextTurn()
      if (forms.includes('broken')) throw new Error('broken')
      return forms.map((form) => (form === 'refused' ? new Refusal('badInput', form) : `${form}!`))
    },
  })
  return { groups, send }
}

test('who comes together goes together, and whoever was answered goes on with those who waited', async () => {
  const { groups, send } = grouped()
  const clerk = async () => {
    for (const form of ['first', 'second', 'third']) expect(await send(form)).toBe(`${form}!`)
  }
  await Promise.all(Array.from({ length: 8 }, clerk))
  expect(groups.map(({ length }) => length)).toEqual([8, 8, 8])
})

test('whoever comes while a group is at work is in the next one', async () => {
  const { groups, send } = grouped()
  const first = send('early')
  while (groups.length === 0) await nextTurn()
  await Promise.all([first, send('late'), send('later')])
  expect(groups).toEqual([['early'], ['late', 'later']])
})

test('a refusal, and what is wrong with one of a group, are nobody else’s', async () => {
  const { groups, send } = grouped(() => true)
  const done = await Promise.allSettled(['one', 'refused', 'broken', 'two'].map((form) => send(form)))
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(groups).toEqual([['one', 'refused', 'broken', 'two'], ['one'], ['refused'], ['broken'], ['two']])
})

test('where nothing goes they fail together, and the next ones are not kept waiting', async () => {
  const { send } = grouped()
  const done = await Promise.allSettled(['broken', 'one'].map((form) => send(form)))
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await send('two')).toBe('two!')
})
