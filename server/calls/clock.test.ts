import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'

test('what is to be done in a month is not done at once', async () => {
  let isDone = false
  const cancel = systemClock.after(2 ** 31 + 1_000, () => (isDone = true))
  // Whatever was due at once has been done when a later alarm rings.
  await new Promise<void>((resolve) => void systemClock.after(10, resolve))
  expect(isDone).toBe(false)
  cancel()
})
