/** Whether the ports of a copy are free, and who has them if not. */
import { createSocket } from 'node:dgram'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { Fault, type Ports } from '../../server/config.ts'
import { allPids, nameOf } from '../supervisor/identity.ts'

export type Listener = { port: number; protocol: 'tcp' | 'udp'; address: string; what: string }

export function listenersOf(ports: Ports, bind: string): Listener[] {
  return [
    { port: ports.web, protocol: 'tcp', address: bind, what: 'the web' },
    { port: ports.engineHttp, protocol: 'tcp', address: '127.0.0.1', what: 'the engine' },
    { port: ports.sip, protocol: 'udp', address: '0.0.0.0', what: 'SIP' },
  ]
}

export async function requirePortsFree(listeners: readonly Listener[]): Promise<void> {
  for (const listener of listeners) {
    const problem = await portProblem(listener)
    if (problem) throw problem
  }
}

export async function portProblem(listener: Listener): Promise<Fault | undefined> {
  const code = await bindError(listener)
  if (code === undefined) return undefined
  const named = `Port ${listener.port}/${listener.protocol} (${listener.what})`
  if (code !== 'EADDRINUSE')
    return new Fault(
      `${named} cannot be opened on ${listener.address}: ${code}`,
      'Choose other ports with --ports',
    )
  const holder = holderOf(listener)
  return new Fault(
    `${named} is taken${holder ? ` by ${holder}` : ''}`,
    'Stop that, or choose other ports with --ports',
  )
}

/** Only trying is certain: it sees what tables of other namespaces hide. */
function bindError({ port, protocol, address }: Listener): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const fail = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
  if (protocol === 'tcp') {
    const server = createServer().once('error', fail)
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(undefined)))
  } else {
    const socket = createSocket('udp4').once('error', fail)
    socket.bind({ port, address, exclusive: true }, () => socket.close(() => resolve(undefined)))
  }
  return promise
}

/** Name and number of the process, if we may see it. */
function holderOf({ port, protocol }: Listener): string | undefined {
  const inodes = new Set([protocol, `${protocol}6`].flatMap((table) => socketsOn(table, port, protocol)))
  const pid = allPids().find((each) => socketsOf(each).some((inode) => inodes.has(inode)))
  return pid === undefined ? undefined : `${nameOf(pid) ?? 'a process'} (process ${pid})`
}

const LISTENING = '0A'

function socketsOn(table: string, port: number, protocol: 'tcp' | 'udp'): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const lines = orNothing(() => readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1))
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(wanted) && (protocol === 'udp' || fields[3] === LISTENING))
    .flatMap((fields) => fields[9] ?? [])
}

function socketsOf(pid: number): string[] {
  const descriptors = orNothing(() => readdirSync(`/proc/${pid}/fd`))
  return descriptors
    .flatMap((fd) => orNothing(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)]))
    .flatMap((target) => target.match(/^socket:\[(\d+)\]$/)?.[1] ?? [])
}

/** What /proc shows of a process may vanish while we read it. */
function orNothing(read: () => string[]): string[] {
  try {
    return read()
  } catch {
    return []
  }
}
