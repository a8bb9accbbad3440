/**
 * SIPp as a telephone that does exactly what its scenario says, here above all what
 * a well-behaved telephone would not: send no audio, lie about itself, not answer.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootProgram } from '../../server/asterisk/engine-process.ts'
import { enginePrograms } from './engine.ts'

const SIPP_TIMEOUT_S = 60

export type SippRun = {
  scenario: string
  sip: number
  /** Our own address: another one than 127.0.0.1 is a stranger's. */
  from?: string
  localPort?: number
  service?: string
  more?: readonly string[]
}

export type Sipp = { done: Promise<number>; stop(): void }

/** Settles with the exit code: 0 if the scenario went as written. */
export function runSipp(run: SippRun): Sipp {
  const { engineRoot } = enginePrograms()
  const program = engineRoot ? rootProgram(engineRoot, 'usr/bin/sipp') : { command: 'sipp', args: [] }
  const directory = mkdtempSync(join(tmpdir(), 'javob-sipp-'))
  const file = join(directory, 'scenario.xml')
  writeFileSync(file, run.scenario)
  const address = run.from ?? '127.0.0.1'
  const args = [
    ...[
      '-sf',
      file,
      '-i',
      address,
      '-mi',
      address,
      '-s',
      run.service ?? '1195',
      '-m',
      '1',
      '-nostdin',
      '-timeout',
      `${SIPP_TIMEOUT_S}s`,
    ],
    ...(run.localPort ? ['-p', String(run.localPort)] : []),
    ...(run.more ?? []),
    `127.0.0.1:${run.sip}`,
  ]
  const child = spawn(program.command, [...program.args, ...args], { stdio: 'ignore', cwd: directory })
  const done = once(child, 'exit').then(([code]) => {
    rmSync(directory, { recursive: true, force: true })
    return Number(code ?? -1)
  })
  return { done, stop: () => child.kill('SIGTERM') }
}

const SDP = `v=0
o=u 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000`

const scenario = (steps: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="test">${steps}</scenario>`

function invite(from: string, headers = ''): string {
  return `<send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: ${from};tag=[pid]c[call_number]
To: <sip:[service]@[remote_ip]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:c@[local_ip]:[local_port]>
${headers}Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

${SDP}
]]></send>
<recv response="100" optional="true"/>
<recv response="183" optional="true"/>`
}

const inDialog = (method: string, sequence: number, from: string) => `<send><![CDATA[
${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: ${from};tag=[pid]c[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: ${sequence} ${method}
Max-Forwards: 70
Content-Length: 0

]]></send>`

/** Is refused with the code. */
export function refusedCall(code: number, from = '<sip:998901234567@[local_ip]>', headers = ''): string {
  return scenario(`${invite(from, headers)}
<recv response="${code}"/>
<send><![CDATA[
ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch-3]
From: ${from};tag=[pid]c[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Content-Length: 0

]]></send>`)
}

/** Is answered, sends not one audio packet, and hangs up after the time. */
export function silentCall(
  milliseconds: number,
  from = '<sip:998901234567@[local_ip]>',
  headers = '',
): string {
  return scenario(`${invite(from, headers)}
<recv response="200"/>
${inDialog('ACK', 1, from)}
<pause milliseconds="${milliseconds}"/>
${inDialog('BYE', 2, from)}
<recv response="200"/>`)
}

/** An ordinary phone makes itself reachable: proves its password, then has an address. */
export function registration(username: string, password: string): string {
  const register = (sequence: number, proof: string) => `<send retrans="500"><![CDATA[
REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${username}@javob>;tag=[pid]r
To: <sip:${username}@javob>
Call-ID: [call_id]
CSeq: ${sequence} REGISTER
Contact: <sip:${username}@[local_ip]:[local_port]>
${proof}Expires: 120
Max-Forwards: 70
Content-Length: 0

]]></send>`
  return scenario(`${register(1, '')}
<recv response="401" auth="true"/>
${register(2, `[authentication username=${username} password=${password}]\n`)}
<recv response="200"/>`)
}

const answerWith = (code: string, body: string) => `<send retrans="500"><![CDATA[
SIP/2.0 ${code}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]a[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:phone@[local_ip]:[local_port]>
${body}
]]></send>`

/** A phone that rings and is answered, and then is hung up by the other side. */
export function answeringPhone(ringMs: number): string {
  const withAudio = `Content-Type: application/sdp\nContent-Length: [len]\n\n${SDP}`
  return scenario(`<recv request="INVITE"/>
${answerWith('180 Ringing', 'Content-Length: 0\n').replace(' retrans="500"', '')}
<pause milliseconds="${ringMs}"/>
${answerWith('200 OK', withAudio)}
<recv request="ACK"/>
<recv request="BYE"/>
${answerWith('200 OK', 'Content-Length: 0\n').replace(' retrans="500"', '').replace(';tag=[pid]a[call_number]', '')}`)
}

/** A phone that will not. */
export function refusingPhone(code: string): string {
  return scenario(`<recv request="INVITE"/>
${answerWith(code, 'Content-Length: 0\n')}
<recv request="ACK"/>`)
}

/** A phone that rings until the other side gives up. */
export function ringingPhone(): string {
  return scenario(`<recv request="INVITE"/>
${answerWith('180 Ringing', 'Content-Length: 0\n').replace(' retrans="500"', '')}
<recv request="CANCEL"/>
${answerWith('200 OK', 'Content-Length: 0\n').replace(' retrans="500"', '')}
${answerWith('487 Request Terminated', 'Content-Length: 0\n').replace('[last_CSeq:]', 'CSeq: [cseq] INVITE')}
<recv request="ACK"/>`)
}
