/** How officials sign here, as an administrator fills it in; checked with every key and again on saving. */
import { type SettingProblem, settingReport } from '#core/lib/setting-problems.ts'
import type { SignedDecision } from './signed-decision.ts'

export type SigningSettings = {
  /** Of the organisation's own E-IMZO server; while it is empty nobody signs here. */
  readonly server: string
  /** Where the E-IMZO module of each computer listens; the page reaches no other. */
  readonly module: string
  /** As E-IMZO gives them out: a domain, a space, and the key for it. The module asks for them; they are no secret. */
  readonly apiKeys: readonly string[]
  /** What is not decided without a signature. */
  readonly required: readonly SignedDecision[]
}

/** The module's own address, on every computer the same. */
export const MODULE_ADDRESS = 'wss://127.0.0.1:64443/service/cryptapi'

export const FIRST_SIGNING: SigningSettings = {
  server: '',
  module: MODULE_ADDRESS,
  apiKeys: [],
  required: [],
}

const ADDRESS_MAX_CHARACTERS = 300
export const API_KEYS_MAX = 20
/** Of the computer that shows the page, and of no other: what is signed is typed into what answers there. */
const ON_THIS_COMPUTER = /^wss?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?(\/[\w./-]*)?$/
const API_KEY = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?) ([0-9A-F]{32,512})$/i

export function checkSigning({ apiKeys, module, required, server }: SigningSettings): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, 'signing')
  const isAddress =
    /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(server) && server.length <= ADDRESS_MAX_CHARACTERS
  if (server !== '' && !isAddress) report('badUrl', 'server')
  if (server === '' && required.length > 0) report('required', 'server')
  if (!ON_THIS_COMPUTER.test(module)) report('notThisComputer', 'module')
  if (apiKeys.length > API_KEYS_MAX)
    report('tooMany', 'apiKeys', { count: apiKeys.length, most: API_KEYS_MAX })
  for (const [index, value] of apiKeys.entries())
    if (!API_KEY.test(value)) report('badApiKey', 'apiKeys', { line: index + 1 })
  return problems
}

/** As the module takes them: domain, key, domain, key. */
export function apiKeyArguments(apiKeys: readonly string[]): string[] {
  return apiKeys.flatMap((line) => line.split(' '))
}
