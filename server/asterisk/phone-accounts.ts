/**
 * The SIP accounts of agents' phones. They live in the engine's memory only, and are
 * written again after the engine was away. Each agent has two with one password:
 * agent-<id> for a browser (encrypted, over WebSocket) and phone-<id> for an ordinary
 * SIP phone.
 */
import type { AgentId } from '#core/lib/ids.ts'
import type { PhoneAddresses } from '../calls/ports.ts'
import type { AriLink } from './ari-link.ts'
import type { AriEndpoint } from './ari-objects.ts'
import { AriRefused } from './ari-socket.ts'

/** The name phones call and prove themselves to; it never leaves the machine. */
export const SIP_DOMAIN = 'javob'
export const LINE_EXTENSION = 'line'
/** A browser sends 50 packets a second whatever happens; so much silence means that it, or its network, is gone. */
const BROWSER_SILENCE_SECONDS = 5
/** Many ordinary phones send nothing while nobody speaks. */
const DESK_PHONE_SILENCE_SECONDS = 300
const REGISTRATION_SECONDS = 120

type Fields = Readonly<Record<string, string>>

const COMMON: Fields = {
  context: 'from-agent',
  disallow: 'all',
  // Opus is not offered: everything stays A-law from end to end, so nothing is transcoded.
  allow: 'alaw',
  identify_by: 'auth_username,username',
  direct_media: 'no',
  rtp_symmetric: 'yes',
  force_rport: 'yes',
  rewrite_contact: 'yes',
  allow_subscribe: 'no',
  allow_transfer: 'no',
  trust_id_inbound: 'no',
}

/**
 * All that `webrtc = yes` stands for but its bundling: with it the engine keeps one RTP source for the whole line, although
 * the timestamps leap from the silence's to the caller's, and a browser waits a whole second for what it takes to be lost.
 * Without it each caller is a source of his own, heard at once. There is one stream only, so nothing is lost by it.
 */
const BROWSER: Fields = {
  ...COMMON,
  rtcp_mux: 'yes',
  use_avpf: 'yes',
  ice_support: 'yes',
  media_use_received_transport: 'yes',
  media_encryption: 'dtls',
  dtls_auto_generate_cert: 'yes',
  dtls_verify: 'fingerprint',
  dtls_setup: 'actpass',
  rtp_timeout: String(BROWSER_SILENCE_SECONDS),
}

/** One that vanished in mid-call is found by the session timer, or by its silence. */
const DESK_PHONE: Fields = {
  ...COMMON,
  timers: 'yes',
  timers_min_se: '90',
  timers_sess_expires: '120',
  rtp_timeout: String(DESK_PHONE_SILENCE_SECONDS),
}
const ADDRESS_OF_RECORD: Fields = {
  max_contacts: '1',
  // The phone that registers last is the one that is there.
  remove_existing: 'yes',
  maximum_expiration: String(REGISTRATION_SECONDS),
  default_expiration: String(REGISTRATION_SECONDS),
}

export const phoneEndpoint = (agent: AgentId) => `phone-${agent}`
const agentOfPhone = (endpoint: string) =>
  endpoint.startsWith('phone-') ? (endpoint.slice('phone-'.length) as AgentId) : undefined
export const browserEndpoint = (agent: AgentId) => `agent-${agent}`

export class PhoneAccounts {
  readonly #link: AriLink
  readonly #passwords = new Map<AgentId, string>()
  /** What the engine has of them, as far as we know. */
  readonly #written = new Set<AgentId>()

  constructor(link: AriLink) {
    this.#link = link
  }

  async allow(agent: AgentId, password: string): Promise<PhoneAddresses> {
    this.#passwords.set(agent, password)
    this.#written.delete(agent)
    await this.#write(agent, password)
    const where = { domain: SIP_DOMAIN, lineUri: `sip:${LINE_EXTENSION}@${SIP_DOMAIN}` }
    return {
      alwaysOn: { ...where, username: browserEndpoint(agent) },
      perCall: { ...where, username: phoneEndpoint(agent) },
    }
  }

  async forbid(agent: AgentId): Promise<void> {
    this.#passwords.delete(agent)
    this.#written.delete(agent)
    for (const name of [browserEndpoint(agent), phoneEndpoint(agent)]) {
      for (const kind of ['endpoint', 'auth', 'aor']) {
        await this.#link.request({ method: 'DELETE', path: pathOf(kind, name) }).catch((error: unknown) => {
          if (!(error instanceof AriRefused && error.status === 404)) throw error
        })
      }
    }
  }

  /** Agents whose ordinary phones have registered. */
  async reachable(): Promise<AgentId[]> {
    const endpoints = await this.#link.get<AriEndpoint[]>(['endpoints', 'PJSIP'])
    const online = endpoints.filter(({ state }) => state === 'online')
    return online.flatMap(({ resource }) => agentOfPhone(resource) ?? [])
  }

  /**
   * When the link is back: all of them if it leads to a new engine, whose memory is empty. What an engine still has is
   * left alone, since a phone whose account is written anew counts as gone until it registers again.
   */
  async writeMissing(isNewEngine: boolean): Promise<void> {
    if (isNewEngine) this.#written.clear()
    const missing = [...this.#passwords].filter(([agent]) => !this.#written.has(agent))
    await Promise.all(missing.map(([agent, password]) => this.#write(agent, password)))
  }

  async #write(agent: AgentId, password: string): Promise<void> {
    const accounts: [name: string, endpoint: Fields][] = [
      [browserEndpoint(agent), BROWSER],
      [phoneEndpoint(agent), DESK_PHONE],
    ]
    for (const [name, endpoint] of accounts) {
      // The endpoint comes last: what it names must be there.
      await this.#put('auth', name, { auth_type: 'userpass', username: name, password })
      await this.#put('aor', name, ADDRESS_OF_RECORD)
      await this.#put('endpoint', name, { ...endpoint, auth: name, aors: name })
    }
    // Not where he has been forbidden meanwhile, or has another password by now.
    if (this.#passwords.get(agent) === password) this.#written.add(agent)
  }

  async #put(kind: string, name: string, fields: Fields): Promise<void> {
    const body = { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) }
    await this.#link.request({ method: 'PUT', path: pathOf(kind, name), body })
  }
}

function pathOf(kind: string, name: string): string[] {
  return ['asterisk', 'config', 'dynamic', 'res_pjsip', kind, name]
}
