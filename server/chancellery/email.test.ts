/** A package by e-mail, taken by a real mail server: whole, signed, and under one Message-ID however often it is sent. */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { AppealPackage, PackageFile } from '../appeals/ports.ts'
import { emailChancellery } from './email.ts'
import { signer } from './signing.ts'
import { testMailbox } from './test-mailbox.ts'

const keys = await mkdtemp(join(tmpdir(), 'javob-keys-'))
const box = await testMailbox()
const locked = await testMailbox({ password: 'sir' })
afterAll(async () => {
  await Promise.all([box.close(), locked.close(), rm(keys, { recursive: true })])
})
beforeEach(() => void Object.assign(box, { mails: [], answer: 'well' }))

const ours = signer(keys)
const place = {
  host: '127.0.0.1',
  port: box.port,
  security: 'none' as const,
  user: '',
  password: '',
  from: 'javob@agentlik.example',
  to: 'devonxona@agentlik.example',
}
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const file = (name: string, content: string | Buffer, isDocument = false): PackageFile => ({
  name,
  mime: 'application/pdf',
  bytes: content.length,
  sha256: sha256(Buffer.from(content)),
  isDocument,
  read: async () => Buffer.from(content),
})
const APPEAL: AppealPackage = {
  number: 'A-2026-000001',
  kind: 'application',
  topic: null,
  receivedAt: '2026-03-02T05:00:00.000Z',
  registeredOn: '2026-03-02',
  dueOn: '2026-03-17',
  sentAt: '2026-03-03T05:00:00.000Z',
  citizen: { name: 'Oʻgʻiloy Ғаниева', numbers: ['+998 90 123 45 67'] },
  text: 'Tahrirlangan matn',
  citizensWords: 'Ruxsatnomada xato bor',
  files: [file('A-2026-000001.pdf', '%PDF hujjat', true), file('Ruxsatnoma — нусха.pdf', '%PDF ilova')],
}
const chancellery = emailChancellery(place, ours)
const partOf = (name: string) => box.mails[0]?.parts.find((part) => part.name === name)?.content

test('the document, the facts, the attachments and the signature arrive whole', async () => {
  expect(await chancellery.take('key-1', APPEAL)).toEqual({
    incomingNumber: null,
    receipt: expect.stringContaining('queued as 4711'),
  })
  const [mail] = box.mails
  expect(mail).toMatchObject({ from: place.from, to: [place.to] })
  expect(mail?.headers.get('message-id')).toBe('<key-1@agentlik.example>')
  expect(mail?.parts.map(({ name }) => name)).toEqual([
    '',
    'package.json',
    'package.json.sig',
    'A-2026-000001.pdf',
    '01 Ruxsatnoma — нусха.pdf',
  ])
  expect(partOf('A-2026-000001.pdf')?.toString()).toBe('%PDF hujjat')
  const { files, ...facts } = JSON.parse(partOf('package.json')?.toString() ?? '')
  expect(facts).toMatchObject({ number: APPEAL.number, citizen: APPEAL.citizen, text: APPEAL.text })
  expect(files).toMatchObject([
    { enclosed: true },
    { name: 'Ruxsatnoma — нусха.pdf', sha256: APPEAL.files[1]?.sha256 },
  ])
})

test('whoever has the public key sees that it is ours, and that nothing was changed', async () => {
  await chancellery.take('key-2', APPEAL)
  const [facts, signature] = [partOf('package.json'), partOf('package.json.sig')] as Buffer[]
  const key = createPublicKey(await signer(keys).publicKey())
  expect(verify(null, facts as Buffer, key, signature as Buffer)).toBe(true)
  const forged = Buffer.from(String(facts).replace('Tahrirlangan', 'Soxta'))
  expect(verify(null, forged, key, signature as Buffer)).toBe(false)
  expect((await stat(join(keys, 'dispatch.key'))).mode & 0o777).toBe(0o600)
})

test('sent again after a lost answer it is the same message, byte for byte', async () => {
  box.answer = 'losesAnswer'
  await expect(chancellery.take('key-3', APPEAL)).rejects.toThrow(/closed|ECONN/i)
  box.answer = 'well'
  await chancellery.take('key-3', APPEAL)
  expect(box.mails).toHaveLength(2)
  expect(box.mails[0]?.raw).toBe(box.mails[1]?.raw)
})

test.each(['refuses', 'refusesAddress', 'breaksOff'] as const)(
  'a mail server that %s has not got it',
  async (answer) => {
    box.answer = answer
    await expect(chancellery.take('key-4', APPEAL)).rejects.toThrow(/too much mail|rejected|closed|ECONN/i)
    expect(box.mails).toEqual([])
  },
)

test('a mail server that is not there, and one that must be encrypted and is not, are no yes', async () => {
  await expect(emailChancellery({ ...place, port: 1 }, ours).take('key', APPEAL)).rejects.toThrow(
    /ECONNREFUSED/,
  )
  await expect(
    emailChancellery({ ...place, security: 'starttls' }, ours).take('key', APPEAL),
  ).rejects.toThrow(/TLS/)
  await expect(emailChancellery({ ...place, security: 'tls' }, ours).take('key', APPEAL)).rejects.toThrow(
    /SSL|TLS|wrong version/i,
  )
  expect(box.mails).toEqual([])
})

test('by its password it is let in, and by a wrong one not', async () => {
  const mine = { ...place, port: locked.port, user: 'javob' }
  await emailChancellery({ ...mine, password: 'sir' }, ours).take('key-5', APPEAL)
  await expect(emailChancellery({ ...mine, password: 'x' }, ours).take('key-6', APPEAL)).rejects.toThrow(
    /password|535/i,
  )
  expect(locked.mails).toHaveLength(1)
})

test('what does not fit into a message is named in it and not sent', async () => {
  const large = file('video.mp4', Buffer.alloc(16 * 1024 * 1024))
  await chancellery.take('key-7', { ...APPEAL, files: [...APPEAL.files, large] })
  const { files } = JSON.parse(partOf('package.json')?.toString() ?? '')
  expect(files.map(({ enclosed }: { enclosed: boolean }) => enclosed)).toEqual([true, true, false])
})

test('a subject cannot begin a line of its own', async () => {
  const citizen = { ...APPEAL.citizen, name: 'A\r\nBcc: kimdir@example.uz' }
  await chancellery.take('key-8', { ...APPEAL, citizen })
  expect(box.mails[0]?.headers.has('bcc')).toBe(false)
  expect(box.mails[0]?.to).toEqual([place.to])
})

test('a test is a letter that says that it is one', async () => {
  expect((await chancellery.test('test-1')).answer).toContain('queued')
  expect(box.mails[0]?.headers.get('subject')).toContain('Javob')
})
