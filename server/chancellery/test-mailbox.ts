/** For tests: a mail server that keeps what it gets, and answers as badly as it is told to. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type MailPart = { name: string; type: string; content: Buffer }
export type Mail = {
  from: string
  to: string[]
  headers: Map<string, string>
  raw: string
  parts: MailPart[]
}

export type Answer = 'well' | 'refuses' | 'refusesAddress' | 'losesAnswer' | 'breaksOff'

export async function testMailbox({ password }: { password?: string } = {}) {
  const box = { mails: [] as Mail[], answer: 'well' as Answer }
  const server = new SMTPServer({
    disabledCommands: password === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: password === undefined,
    onAuth: (auth, _session, done) =>
      auth.password === password ? done(null, { user: auth.username }) : done(new Error('wrong password')),
    onRcptTo: (_address, _session, done) =>
      done(box.answer === 'refusesAddress' ? new Error('no such mailbox') : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (box.answer === 'breaksOff') breakOff()
      })
      stream.on('end', () => {
        if (box.answer === 'breaksOff') return
        if (box.answer === 'refuses') return done(new Error('too much mail today'))
        const { mailFrom, rcptTo } = session.envelope
        box.mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          ...readMail(Buffer.concat(chunks).toString('latin1')),
        })
        // It has it, and nobody learns that.
        if (box.answer === 'losesAnswer') return breakOff()
        return done(null, 'queued as 4711')
      })
    },
  })
  const sockets = new Set<{ destroy(): void }>()
  server.server.on('connection', (socket: { destroy(): void }) => void sockets.add(socket))
  server.on('error', () => undefined)
  function breakOff(): void {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(box, {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  })
}

function readMail(raw: string): Pick<Mail, 'headers' | 'parts' | 'raw'> {
  const headers = headersOf(raw)
  const boundary = /boundary="?([^";]+)/.exec(headers.get('content-type') ?? '')?.[1]
  const parts = boundary === undefined ? [] : raw.split(`--${boundary}`).slice(1, -1).map(readPart)
  return { headers, parts, raw }
}

function readPart(raw: string): MailPart {
  const headers = headersOf(raw.trimStart())
  const body = raw.trimStart().split('\r\n\r\n').slice(1).join('\r\n\r\n')
  const isBase64 = headers.get('content-transfer-encoding') === 'base64'
  return {
    name: nameOf(headers.get('content-disposition') ?? ''),
    type: (headers.get('content-type') ?? '').split(';')[0] ?? '',
    content: isBase64 ? Buffer.from(body, 'base64') : Buffer.from(body, 'latin1'),
  }
}

/** RFC 2231: in pieces, each with its letters as bytes. */
function nameOf(disposition: string): string {
  const pieces = [...disposition.matchAll(/filename(?:\*\d+)?\*?=("[^"]*"|[^;\s]+)/g)]
  const joined = pieces.map(([, piece = '']) => piece.replaceAll('"', '').replace(/^utf-8''/i, '')).join('')
  return decodeURIComponent(joined)
}

function headersOf(raw: string): Map<string, string> {
  const [head = ''] = raw.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return new Map(
    lines.map((line): [string, string] => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
    }),
  )
}
