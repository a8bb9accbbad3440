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
  signIn: `${PORTAL}/sign-in`,
  signInCode: (code: string, problem?: string) =>
    `${PORTAL}/sign-in/code?${query({ code, ...told(problem) })}`,
  signOut: `${PORTAL}/sign-out`,
  cabinet: `${PORTAL}/cabinet`,
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

function told(problem: string | undefined): Readonly<Record<string, string>> {
  return problem === undefined ? {} : { problem }
}

function query(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
