/**
 * Trunks as Asterisk reads them: text only, so that it can be checked without an
 * engine. What an administrator typed is never copied into these files unless it
 * has the exact shape the place needs; a trunk with anything else is left out and
 * named in `problems`, so that one mistyped trunk does not take the others down.
 */
import { isIP } from 'node:net'
import {
  DID_PATTERN,
  REGISTRAR,
  SIP_ACCOUNT,
  SIP_PASSWORD,
  TRUNK_CALLS_MAX,
  TRUNK_CODECS,
} from '#core/calls/check-trunk.ts'
import { isOutboundUri } from './dial-target.ts'

const CODECS: ReadonlySet<string> = new Set(TRUNK_CODECS)

export type TrunkRow = {
  id: string
  /** IP addresses, with or without `/bits`. Names are refused: whoever answers for the name would be the trunk. */
  peerAddresses: readonly string[]
  registration?: { server: string; username: string; password: string } | undefined
  /** Digits, with X for any digit, Z for 1–9, N for 2–9, and `.` at the end for "and more". */
  didPatterns: readonly string[]
  codecs: readonly string[]
  maxCalls: number
  /** Where calls to the outside are sent, with the number as `{e164}`, `{digits}` or `{national}`; see dial-target.ts. */
  outboundUri?: string | undefined
}

export type TrunkFiles = { pjsip: string; dialplan: string; problems: string[] }

const TRUNK_ID = /^[A-Za-z0-9_-]{1,64}$/

export function trunkFiles(trunks: readonly TrunkRow[]): TrunkFiles {
  const problems: string[] = []
  const sound = trunks.filter((trunk) => {
    const problem = problemOf(trunk)
    if (problem) problems.push(`trunk ${JSON.stringify(trunk.id.slice(0, 64))}: ${problem}`)
    return !problem
  })
  return {
    pjsip: ['; Written by the server; changes made here are lost.', ...sound.map(pjsipOf)].join('\n'),
    dialplan: ['; Written by the server; changes made here are lost.', ...sound.map(dialplanOf)].join('\n'),
    problems,
  }
}

function problemOf(trunk: TrunkRow): string | undefined {
  const { registration } = trunk
  if (!TRUNK_ID.test(trunk.id)) return 'its id may hold letters, digits, - and _ only'
  if (trunk.peerAddresses.length === 0) return 'it has no peer address'
  const address = trunk.peerAddresses.find((each) => !isAddress(each))
  if (address !== undefined) return `${JSON.stringify(address)} is no IP address`
  const pattern = trunk.didPatterns.find((each) => !DID_PATTERN.test(each))
  if (pattern !== undefined) return `${JSON.stringify(pattern)} is no number pattern`
  const codec = trunk.codecs.find((each) => !CODECS.has(each))
  if (codec !== undefined || trunk.codecs.length === 0)
    return `its codecs must be of ${[...CODECS].join(', ')}`
  if (!Number.isInteger(trunk.maxCalls) || trunk.maxCalls < 1 || trunk.maxCalls > TRUNK_CALLS_MAX) {
    return `its calls must be 1 to ${TRUNK_CALLS_MAX}`
  }
  if (registration && !REGISTRAR.test(registration.server))
    return 'the server to register with is no host name'
  if (registration && !SIP_ACCOUNT.test(registration.username))
    return 'the account to register has odd characters'
  if (registration && !SIP_PASSWORD.test(registration.password))
    return 'the password to register has odd characters'
  if (trunk.outboundUri !== undefined && !isOutboundUri(trunk.outboundUri))
    return `${JSON.stringify(trunk.outboundUri.slice(0, 64))} is no address to send calls to`
  return undefined
}

function isAddress(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function pjsipOf(trunk: TrunkRow): string {
  const name = `trunk-${trunk.id}`
  const { registration } = trunk
  const lines = [
    '',
    `[${name}](trunk)`,
    'type = endpoint',
    `context = ${name}`,
    `allow = ${trunk.codecs.join(',')}`,
    ...(registration ? [`outbound_auth = ${name}-account`] : []),
    '',
    `[${name}-peers]`,
    'type = identify',
    `endpoint = ${name}`,
    ...trunk.peerAddresses.map((address) => `match = ${address}`),
  ]
  if (!registration) return lines.join('\n')
  return [
    ...lines,
    '',
    `[${name}-account]`,
    'type = auth',
    'auth_type = userpass',
    `username = ${registration.username}`,
    `password = ${registration.password}`,
    '',
    `[${name}-registration]`,
    'type = registration',
    'transport = udp',
    `outbound_auth = ${name}-account`,
    `server_uri = sip:${registration.server}`,
    `client_uri = sip:${registration.username}@${registration.server}`,
    `contact_user = ${registration.username}`,
    'retry_interval = 30',
    'forbidden_retry_interval = 300',
    'max_retries = 1000000',
  ].join('\n')
}

function dialplanOf(trunk: TrunkRow): string {
  return [
    '',
    `[trunk-${trunk.id}]`,
    ...trunk.didPatterns.flatMap((pattern) => [
      `exten => _${pattern},1,Set(TRUNK=${trunk.id})`,
      ` same => n,Set(LINES=${trunk.maxCalls})`,
      ' same => n,Set(DID=${FILTER(0-9+,${EXTEN})})',
      ' same => n,Goto(arrive,s,1)',
    ]),
    'exten => _[0-9a-zA-Z+*#._]!,1,Set(DID=${FILTER(0-9a-zA-Z+*#._,${EXTEN})})',
    ` same => n,Set(TRUNK=${trunk.id})`,
    ' same => n,Goto(unknown-number,s,1)',
    `exten => s,1,Set(TRUNK=${trunk.id})`,
    ' same => n,Goto(unknown-number,s,1)',
    '',
  ].join('\n')
}
