import { expect, test } from 'vitest'
import { runProgram } from './program.ts'

const A_LOT = { timeoutMs: 20_000, maxOutputBytes: 1_000 }
const shell = (script: string) => runProgram('sh', ['-c', script], A_LOT)

test('a program is given its input and what it wrote comes back, byte for byte', async () => {
  const given = 'Ўзбекча \u0001'
  expect((await runProgram('cat', [], { ...A_LOT, input: given })).toString('utf8')).toBe(given)
})

test('a bound of time need not be a whole number of milliseconds', async () => {
  expect(String(await runProgram('echo', ['done'], { ...A_LOT, timeoutMs: 20_000.03125 }))).toBe('done\n')
})

test('many programs at once each get their own answer', async () => {
  const numbers = Array.from({ length: 20 }, (_, n) => `${n}`)
  const answers = await Promise.all(numbers.map((n) => runProgram('printf', [n], A_LOT)))
  expect(answers.map(String)).toEqual(numbers)
})

test('a program that does not read its input is heard all the same', async () => {
  expect(String(await runProgram('echo', ['done'], { ...A_LOT, input: 'x'.repeat(1_000_000) }))).toBe(
    'done\n',
  )
})

test('a program that is not installed is told apart from one that failed', async () => {
  await expect(runProgram('javob-has-no-such-program', [], A_LOT)).rejects.toMatchObject({
    name: 'ProgramFailed',
    isMissing: true,
    message: 'javob-has-no-such-program failed: it is not installed',
  })
  await expect(shell('echo why >&2; exit 3')).rejects.toMatchObject({
    isMissing: false,
    message: 'sh failed: exit code 3. why',
  })
})

test('one that stands back has what others leave, from its first moment', async () => {
  const policy = runProgram('sh', ['-c', 'chrt --pid $$; nice'], { ...A_LOT, standsBack: true })
  expect(String(await policy)).toMatch(/SCHED_IDLE|\n19\n$/)
})

test('one that takes too long, and one that writes too much, are ended', async () => {
  await expect(runProgram('sleep', ['60'], { ...A_LOT, timeoutMs: 50 })).rejects.toThrow('it took too long')
  await expect(shell('while :; do echo more; done')).rejects.toThrow('it wrote too much')
})

test('words that no program can be given fail alone', async () => {
  const [bad, good] = await Promise.allSettled([
    runProgram('echo', ['a\u0000b'], A_LOT),
    runProgram('echo', ['good'], A_LOT),
  ])
  expect(bad).toMatchObject({ reason: { name: 'ProgramFailed' } })
  expect(good).toMatchObject({ value: Buffer.from('good\n') })
})
