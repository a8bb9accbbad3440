import { expect, test } from 'vitest'
import { checkDispatch, type DispatchForm, FIRST_DISPATCH } from './dispatch-form.ts'

const NOTHING = { hasPassword: false, hasSecret: false }
const MAIL: DispatchForm = {
  ...FIRST_DISPATCH,
  driver: 'email',
  email: { host: 'mail.example', port: 465, security: 'tls', user: '', from: 'javob@a.uz', to: 'devon@b.uz' },
}
const HTTP: DispatchForm = { ...FIRST_DISPATCH, driver: 'http', http: { url: 'https://devonxona.example/m' } }
const problems = (...given: Parameters<typeof checkDispatch>) =>
  checkDispatch(...given).map(({ code, field }) => `${field} ${code}`)

test('who works in the console fills in nothing', () => {
  expect(problems(FIRST_DISPATCH, NOTHING)).toEqual([])
})

test.each<[change: Partial<DispatchForm['email']>, said: string[]]>([
  [{}, []],
  [{ host: '127.0.0.1' }, []],
  [{ host: '' }, ['host required']],
  [{ host: 'mail example' }, ['host badServer']],
  [{ port: 0 }, ['port outOfRange']],
  [{ to: 'devon' }, ['to badEmail']],
  [{ from: 'Javob <javob@a.uz>' }, ['from badEmail']],
  [{ to: 'a@b.uz\r\nbcc: c@d.uz' }, ['to badEmail']],
  [{ user: 'javob' }, ['password required']],
])('e-mail with %j: %j', (change, said) => {
  expect(problems({ ...MAIL, email: { ...MAIL.email, ...change } }, NOTHING)).toEqual(said)
})

test('a password that is held or typed is a password', () => {
  const withUser = { ...MAIL, email: { ...MAIL.email, user: 'javob' } }
  expect(problems(withUser, { ...NOTHING, hasPassword: true })).toEqual([])
  expect(problems(withUser, NOTHING, { password: 'sir' })).toEqual([])
})

test.each<[url: string, secret: string | undefined, hasSecret: boolean, said: string[]]>([
  [HTTP.http.url, 'a secret that both know', false, []],
  [HTTP.http.url, undefined, true, []],
  [HTTP.http.url, '', false, ['secret tooShort']],
  [HTTP.http.url, 'short', true, ['secret tooShort']],
  ['file:///etc/passwd', undefined, true, ['url badUrl']],
  ['devonxona', undefined, true, ['url badUrl']],
])('HTTP to %s with the secret %j, held %j: %j', (url, secret, hasSecret, said) => {
  expect(problems({ ...HTTP, http: { url } }, { ...NOTHING, hasSecret }, { secret })).toEqual(said)
})
