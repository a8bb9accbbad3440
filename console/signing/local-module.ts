/**
 * The E-IMZO module on the computer that shows the page: it has the keys, asks for their passwords itself, and signs. It
 * is spoken with over a WebSocket, a question and its answer on each, as its maker describes it
 * (github.com/qo0p/e-imzo-doc); neither key nor password comes here.
 */
import { type CardKey, type FileKey, type ModuleKey, readFileKey } from './module-keys.ts'

export const MODULE_FAULTS = [
  'notRunning',
  /** It wants the key that E-IMZO gave out for the address of this page. */
  'siteUnknown',
  'noKeys',
  'wrongPassword',
  'declined',
  'cannotSign',
] as const
export type ModuleFaultCode = (typeof MODULE_FAULTS)[number]

export class ModuleFault extends Error {
  readonly code: ModuleFaultCode

  /** `reason`: in the module's own words. */
  constructor(code: ModuleFaultCode, reason = '') {
    super(reason)
    this.name = 'ModuleFault'
    this.code = code
  }
}

/** It is on this computer. */
const ANSWER_WITHIN_MS = 10_000
/** Somebody looks for his password. */
const PASSWORD_WITHIN_MS = 180_000
const SITE_UNKNOWN_STATUS = -1022
const CARD: CardKey = { kind: 'card' }

export type Module = { readonly module: string; readonly apiKeys: readonly string[] }

type Question = { plugin?: string; name: string; arguments?: readonly string[] }
type Answer = Readonly<Record<string, unknown>>

/** The keys that can be reached now: files on disks and flash drives, and a card in a reader. */
export async function moduleKeys({ apiKeys, module }: Module): Promise<ModuleKey[]> {
  if (apiKeys.length > 0) await ask(module, { name: 'apikey', arguments: apiKeys })
  const { certificates } = await ask(module, { plugin: 'pfx', name: 'list_all_certificates' })
  const files = Array.isArray(certificates) ? certificates.flatMap((one) => readFileKey(one) ?? []) : []
  const keys = (await hasCard(module)) ? [...files, CARD] : files
  if (keys.length === 0) throw new ModuleFault('noKeys')
  return keys
}

/** A detached PKCS #7 in Base64. The module asks for the password meanwhile. */
export async function signText(module: string, key: ModuleKey, text: string): Promise<string> {
  const id = key.kind === 'card' ? 'idcard' : await loadedId(module, key)
  const question = { plugin: 'pkcs7', name: 'create_pkcs7', arguments: [base64(text), id, 'yes'] }
  const { pkcs7_64: pkcs7 } = await ask(module, question, PASSWORD_WITHIN_MS)
  if (typeof pkcs7 !== 'string' || pkcs7 === '') throw new ModuleFault('cannotSign', 'pkcs7_64')
  return pkcs7
}

async function loadedId(module: string, { alias, disk, name, path }: FileKey): Promise<string> {
  const question = { plugin: 'pfx', name: 'load_key', arguments: [disk, path, name, alias] }
  const { keyId } = await ask(module, question, PASSWORD_WITHIN_MS)
  if (typeof keyId !== 'string') throw new ModuleFault('cannotSign', 'keyId')
  return keyId
}

/** An older module knows nothing of cards. */
async function hasCard(module: string): Promise<boolean> {
  try {
    const { readers } = await ask(module, { plugin: 'idcard', name: 'list_readers' })
    return Array.isArray(readers) && readers.length > 0
  } catch (error) {
    if (error instanceof ModuleFault && error.code === 'cannotSign') return false
    throw error
  }
}

async function ask(module: string, question: Question, withinMs = ANSWER_WITHIN_MS): Promise<Answer> {
  const answer = readAnswer(await exchange(module, question, withinMs))
  if (answer.success !== true) throw faultOf(answer)
  return answer
}

function exchange(module: string, question: Question, withinMs: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = new WebSocket(module)
  const timer = setTimeout(() => {
    const isAsking = withinMs === PASSWORD_WITHIN_MS
    reject(new ModuleFault(isAsking ? 'declined' : 'notRunning'))
  }, withinMs)
  socket.addEventListener('open', () => socket.send(JSON.stringify(question)))
  socket.addEventListener('message', ({ data }) => resolve(String(data)))
  // Whatever comes after an answer changes nothing.
  socket.addEventListener('error', () => reject(new ModuleFault('notRunning')))
  socket.addEventListener('close', () => reject(new ModuleFault('notRunning')))
  return promise.finally(() => {
    clearTimeout(timer)
    socket.close()
  })
}

function readAnswer(text: string): Answer {
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null) return answer as Answer
  } catch {
    // No answer of the module's either way.
  }
  throw new ModuleFault('notRunning')
}

/** What it says for people is in Russian or Uzbek, or is a name of Java's; only some of it has a number. */
function faultOf({ reason, status }: Answer): ModuleFault {
  const words = typeof reason === 'string' ? reason : ''
  if (status === SITE_UNKNOWN_STATUS || /api-?key/i.test(words)) return new ModuleFault('siteUnknown', words)
  if (/отмен|cancel|bekor/i.test(words)) return new ModuleFault('declined', words)
  if (/BadPadding|парол|password|parol/i.test(words)) return new ModuleFault('wrongPassword', words)
  return new ModuleFault('cannotSign', words)
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}
