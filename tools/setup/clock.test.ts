import { expect, test } from 'vitest'
import { clockRemark } from './clock.ts'

test('a clock that nobody keeps is a fault with its mend; where nothing can be asked, that is said', () => {
  expect(clockRemark(['yes'])).toBe('kept by NTP')
  expect(() => clockRemark(['no'])).toThrow('The clock of this machine is not kept by NTP')
  expect(clockRemark([])).toContain('no systemd here to ask')
})
