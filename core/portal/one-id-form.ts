/** OneID as an administrator sets it up; checked with every key and again on saving. */
import { type SettingProblem, settingReport } from '../lib/setting-problems.ts'

const TEXT_MAX_CHARACTERS = 300

export type OneIdForm = {
  readonly isOn: boolean
  readonly address: string
  /** Given out, with the scope and the secret, to organisations that are registered there. */
  readonly clientId: string
  readonly scope: string
}

export const FIRST_ONE_ID: OneIdForm = {
  isOn: false,
  address: 'https://sso.egov.uz/sso/oauth/Authorization.do',
  clientId: '',
  scope: '',
}

/** What the form itself does not hold: whether the secret is there, and whether it is said where citizens come back to. */
export type AroundOneId = { readonly hasSecret: boolean; readonly hasPortal: boolean }

/** While it is off it may be half filled in. */
export function checkOneId(form: OneIdForm, around: AroundOneId, typedSecret = ''): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, 'oneId')
  for (const field of ['clientId', 'scope'] as const) {
    if (form[field].length > TEXT_MAX_CHARACTERS) report('tooLong', field, { most: TEXT_MAX_CHARACTERS })
    else if (form.isOn && form[field] === '') report('required', field)
  }
  if (!isSafeAddress(form.address)) report('badUrl', 'address')
  if (!form.isOn) return problems
  if (!around.hasSecret && typedSecret === '') report('required', 'secret')
  if (!around.hasPortal) report('required', 'portal')
  return problems
}

/** The secret goes there: by no way that others read along, but on the machine itself. */
export function isSafeAddress(address: string): boolean {
  if (address.length > TEXT_MAX_CHARACTERS) return false
  return /^(https:\/\/[^\s/?#@]+|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?)(\/[^\s]*)?$/.test(address)
}

/** Whether a secret that was typed for the one may be used for the other: whoever changes the place would read it there. */
export function isSamePlace(before: OneIdForm, after: OneIdForm): boolean {
  return before.address === after.address && before.clientId === after.clientId
}
