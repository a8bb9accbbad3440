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
  signInProblem: (problem: string) => `${PORTAL}/sign-in?${query({ problem })}`,
  /** `on`: where it leads to once it is proven who he is. */
  oneId: (on: 'cabinet' | 'file') => `${PORTAL}/sign-in/oneid?${query({ on })}`,
  /** To be told to OneID. */
  oneIdBack: `${PORTAL}/sign-in/oneid/back`,
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
 * How a page is called from outside. Of the address under which an administrator says the portal is only the name counts:
 * its pages stand at the same place under each. Nothing where nobody has said one.
 */
export function publicAddress(portal: string, page: string): string | undefined {
  const origin = /^https?:\/\/[^/?#]+/.exec(portal)?.[0]
  return origin === undefined ? undefined : `${origin}${page}`
}

/** Where an appeal is followed from outside; empty where nobody has said where the portal is. */
export function statusAddress(portal: string, number: string): string {
  return publicAddress(portal, `${addresses.status}?${query({ number })}`) ?? ''
}

function told(problem: string | undefined): Readonly<Record<string, string>> {
  return problem === undefined ? {} : { problem }
}

function query(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
