/** Every address of the portal. */
export const PORTAL = '/portal'

export const addresses = {
  home: `${PORTAL}/`,
  file: `${PORTAL}/appeal`,
  confirm: (form: string, problem?: string) =>
    `${PORTAL}/appeal/confirm?${query({ form, ...told(problem) })}`,
  filed: (form: string) => `${PORTAL}/appeal/filed?${query({ form })}`,
  addFile: `${PORTAL}/appeal/files`,
  removeFile: `${PORTAL}/appeal/files/remove`,
  /** The same form again, with what was filled in. */
  change: (form: string) => `${PORTAL}/appeal?${query({ form })}`,
  status: `${PORTAL}/status`,
  replyFileByCode: `${PORTAL}/status/file`,
  replyFile: (number: string) => `${PORTAL}/cabinet/appeals/${encodeURIComponent(number)}/file`,
  /** Holds for a minute. */
  handedOut: (id: string, ticket: string) => `${PORTAL}/files/${id}/${ticket}`,
  signIn: `${PORTAL}/sign-in`,
  signInCode: (code: string, problem?: string) =>
    `${PORTAL}/sign-in/code?${query({ code, ...told(problem) })}`,
  signOut: `${PORTAL}/sign-out`,
  cabinet: `${PORTAL}/cabinet`,
  olderAppeals: (before: string) => `${PORTAL}/cabinet?${query({ before })}`,
  calls: `${PORTAL}/cabinet/calls`,
  opened: `${PORTAL}/cabinet/opened`,
  appeal: (number: string) => `${PORTAL}/cabinet/appeals/${encodeURIComponent(number)}`,
  act: (number: string, action: string) =>
    `${PORTAL}/cabinet/appeals/${encodeURIComponent(number)}/${action}`,
  recording: (call: string) => `${PORTAL}/cabinet/calls/${call}/recording`,
  faq: `${PORTAL}/faq`,
  style: (version: string) => `${PORTAL}/style-${version}.css`,
  inLanguage: (path: string, language: string) => {
    const [place = '', asked = ''] = path.split('?')
    const others = asked.split('&').filter((part) => part !== '' && !part.startsWith('lang='))
    return `${place}?${[...others, `lang=${language}`].join('&')}`
  },
}

/**
 * Where an appeal is followed from outside. Of the address under which an administrator says the portal is only the name
 * counts: its pages stand at the same place under each. Empty where nobody has said one.
 */
export function statusAddress(portal: string, number: string): string {
  const origin = /^https?:\/\/[^/?#]+/.exec(portal)?.[0]
  return origin === undefined ? '' : `${origin}${addresses.status}?${query({ number })}`
}

function told(problem: string | undefined): Readonly<Record<string, string>> {
  return problem === undefined ? {} : { problem }
}

function query(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
