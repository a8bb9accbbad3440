/**
 * The chancellery's mailbox: one message for each dispatch, with the official document, the facts as JSON, what the
 * citizen attached, and the organisation's signature under the facts, which name the hash of each file.
 *
 * Exactly once: the key of the dispatch is the Message-ID. A message whose answer was lost is sent again under the same
 * one, with the same bytes; a mailbox keeps the first, and a person who sees two sees that they are one.
 */
import { createTransport, type Transporter } from 'nodemailer'
import { z } from 'zod'
import { MAIL_SECURITIES } from '#core/appeals/dispatch-form.ts'
import type { AppealPackage, Chancellery } from '../appeals/ports.ts'
import { type Enclosed, enclose, packageFacts } from './package.ts'
import type { Signer } from './signing.ts'

const CONNECT_WITHIN_MS = 10_000
const ANSWER_WITHIN_MS = 60_000
const ANSWER_MAX_CHARACTERS = 200

export const EmailPlace = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(MAIL_SECURITIES),
  user: z.string(),
  password: z.string(),
  from: z.string().min(3),
  to: z.string().min(3),
})
export type EmailPlace = z.infer<typeof EmailPlace>

export function emailChancellery(place: EmailPlace, signer: Signer): Chancellery {
  const { from, to } = place
  const messageId = (key: string) => `<${key}@${from.split('@').at(-1)}>`

  return {
    async take(key, appeal) {
      const enclosed = await enclose(appeal.files)
      const facts = Buffer.from(JSON.stringify(packageFacts(appeal, enclosed), undefined, 2))
      const signature = await signer.sign(facts)
      const answer = await send(place, {
        from,
        to,
        messageId: messageId(key),
        // Of the appeal and not of the attempt: a message that is sent again is the same message.
        date: new Date(appeal.sentAt),
        subject: `${appeal.number} — ${appeal.citizen.name}`,
        text: coveringLetter(appeal),
        headers: { 'X-Javob-Dispatch': key },
        baseBoundary: key,
        attachments: [
          { filename: 'package.json', content: facts, contentType: 'application/json' },
          { filename: 'package.json.sig', content: signature, contentType: 'application/octet-stream' },
          ...enclosed.map(asAttachment),
        ],
      })
      return { incomingNumber: null, receipt: answer }
    },

    async test(key) {
      const text = 'Javob: sinov xati. Проверочное письмо. This is a test.'
      const message = { from, to, messageId: messageId(key), subject: 'Javob: sinov / проверка / test', text }
      return { answer: await send(place, message) }
    },
  }
}

type Message = Parameters<Transporter['sendMail']>[0]

/** What the mail server said when it took the message. Whoever it did not take it for has not got it. */
async function send(place: EmailPlace, message: Message): Promise<string> {
  const { host, password, port, security, user } = place
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== '' && { auth: { user, pass: password } }),
    connectionTimeout: CONNECT_WITHIN_MS,
    greetingTimeout: CONNECT_WITHIN_MS,
    socketTimeout: ANSWER_WITHIN_MS,
    // What is sent is in memory; nothing in it may name a file of this machine.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const info = await transport.sendMail(message)
    if (info.rejected.length > 0) throw new Error('The mail server refused the address of the chancellery')
    return info.response.slice(0, ANSWER_MAX_CHARACTERS)
  } finally {
    transport.close()
  }
}

/** Numbered, so that two of one name are two files. */
function asAttachment({ content, file, place }: Enclosed) {
  const filename = file.isDocument ? file.name : `${String(place).padStart(2, '0')} ${file.name}`
  return { filename, content, contentType: file.mime }
}

function coveringLetter({ dueOn, number, registeredOn }: AppealPackage): string {
  return [
    `Murojaat ${number}, roʻyxatga olingan: ${registeredOn}${dueOn ? `, ijro muddati: ${dueOn}` : ''}.`,
    `Обращение ${number}, зарегистрировано: ${registeredOn}${dueOn ? `, срок исполнения: ${dueOn}` : ''}.`,
    '',
    'package.json: maʼlumotlar va fayllarning SHA-256 qiymatlari; package.json.sig: tashkilot imzosi (Ed25519).',
    'package.json: сведения и SHA-256 каждого файла; package.json.sig: подпись организации (Ed25519).',
  ].join('\n')
}
