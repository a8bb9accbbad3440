/**
 * The E-IMZO server of the organisation, which knows the national algorithms (O‘z DSt 1092, 1106) and asks the
 * certification centre whether a certificate is in force. We believe what it says, and check none of it ourselves.
 *
 * A signature first gets a time stamp, and is checked with it: then it stays right after its certificate has run out.
 * Where none can be had, the bare signature is checked, so that whoever signed badly is told so; a good one waits.
 */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { z } from 'zod'
import { type SignatureVerifier, type ToVerify, VerifierAway, type Verdict } from '../signatures/ports.ts'
import {
  Pinged,
  PINFL_OID,
  Pkcs7Info,
  type Signer,
  Stamped,
  STATUS_CANNOT_SAY,
  STATUS_CERTIFICATE,
  STATUS_RIGHT,
  STATUS_STAMP,
  TIN_OID,
  Verified,
} from './answers.ts'

/** For stamp and check together: it asks the certification centre meanwhile, and whoever has signed waits. */
const ANSWER_WITHIN_MS = 15_000
/** With chains of certificates and answers about each of them. */
const ANSWER_MAX_BYTES = 512 * 1024

/** `answerWithinMs`: for tests of one that never answers. */
export function eimzoVerifier(server: string, answerWithinMs = ANSWER_WITHIN_MS): SignatureVerifier {
  const base = server.replace(/\/+$/, '')
  const ask = <Answer>(path: string, schema: z.ZodType<Answer>, asking: Omit<Asking, 'url'>) =>
    answerOf({ url: new URL(`${base}${path}`), ...asking }, schema)

  return {
    name: base,

    async verify({ document, from, pkcs7: bytes }: ToVerify): Promise<Verdict> {
      const signal = AbortSignal.timeout(answerWithinMs)
      const post = (body: string) => ({ signal, sent: { body, from } })
      const given = bytes.toString('base64')
      const stamped = await ask('/frontend/timestamp/pkcs7', Stamped, post(given))
      const pkcs7 = (stamped.status === STATUS_RIGHT && stamped.pkcs7b64) || given
      const both = `${document.toString('base64')}|${pkcs7}`
      const { pkcs7Info, status } = await ask('/backend/pkcs7/verify/detached', Verified, post(both))
      const wrong = wrongBy(status)
      if (wrong) return wrong
      const { data: info } = Pkcs7Info.safeParse(pkcs7Info)
      if (!info) throw new VerifierAway('The E-IMZO server says that it is right, and not whose it is')
      const [signer, another] = info.signers
      if (!signer || another) return notRight('signature', 'several have signed')
      const fault = faultOf(signer)
      if (fault) return fault
      if (!signer.timeStampInfo) throw new VerifierAway(`There is no time stamp: status ${stamped.status}`)
      return rightBy(signer, Buffer.from(pkcs7, 'base64'), signer.timeStampInfo.time)
    },

    async ping() {
      const { vpnKeyInfo } = await ask('/ping', Pinged, { signal: AbortSignal.timeout(answerWithinMs) })
      return { keyValidTo: vpnKeyInfo?.validTo ?? null }
    },
  }
}

const notRight = (because: 'signature' | 'certificate', detail: string): Verdict => ({
  isRight: false,
  because,
  detail,
})

/** What a status alone says; nothing of one with which all is well. */
function wrongBy(status: number): Verdict | undefined {
  if (status === STATUS_RIGHT) return undefined
  if (STATUS_CANNOT_SAY.includes(status) || STATUS_STAMP.includes(status))
    throw new VerifierAway(`The E-IMZO server cannot say it now: status ${status}`)
  return notRight(STATUS_CERTIFICATE.includes(status) ? 'certificate' : 'signature', `status ${status}`)
}

/** The status says that the question was answered, and these what the answer is. */
function faultOf(signer: Signer): Verdict | undefined {
  if (!signer.verified) return notRight('signature', 'it is not of this text')
  if (!signer.certificateVerified) return notRight('certificate', 'nobody known gave it out')
  if (!signer.certificateValidAtSigningTime) return notRight('certificate', 'it was not in force')
  if (signer.revokedStatusInfo) return notRight('certificate', 'it was revoked')
  if (signer.exception) return notRight('signature', 'it could not be checked to its end')
  const stamp = signer.timeStampInfo
  const isStampRight = !stamp || (stamp.verified && stamp.digestVerified && stamp.certificateVerified)
  return isStampRight ? undefined : notRight('signature', 'its time stamp is not right')
}

function rightBy(signer: Signer, pkcs7: Buffer, signedAt: Date): Verdict {
  const [own] = signer.certificate
  if (!own?.subjectInfo.CN) throw new VerifierAway('The E-IMZO server does not say whose it is')
  const { issuerName, serialNumber, subjectInfo, validTo } = own
  return {
    isRight: true,
    pkcs7,
    signedAt,
    certificate: {
      name: subjectInfo.CN as string,
      // A name in a person's certificate that no legal entity stands behind is none.
      organisation: subjectInfo[TIN_OID] === undefined ? null : (subjectInfo.O ?? null),
      pinfl: subjectInfo[PINFL_OID] ?? null,
      serial: serialNumber,
      issuer: issuerName,
      validTo,
    },
  }
}

type Sent = { body: string; from: ToVerify['from'] }
type Asking = { url: URL; sent?: Sent; signal: AbortSignal }

/** It writes down from which address and on which site somebody signed: it is told so in the headers it looks at. */
function headersOf(sent: Sent | undefined): Record<string, string> {
  if (!sent) return {}
  const { address, host } = sent.from
  return { 'content-type': 'text/plain', 'x-real-ip': address, 'x-real-host': host, host }
}

async function answerOf<Answer>(asking: Asking, schema: z.ZodType<Answer>): Promise<Answer> {
  const text = await exchange(asking).catch((error: unknown) => {
    throw new VerifierAway('The E-IMZO server does not answer', { cause: error })
  })
  const { data } = schema.safeParse(parsed(text))
  if (data === undefined) throw new VerifierAway('The E-IMZO server answers something else')
  return data
}

/** Not by fetch, which sets the host itself. */
async function exchange({ sent, signal, url }: Asking): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: sent ? 'POST' : 'GET',
    headers: headersOf(sent),
    signal,
  })
  request.on('error', reject)
  request.on('response', (response) => {
    const chunks: Buffer[] = []
    let bytes = 0
    response.on('error', reject)
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > ANSWER_MAX_BYTES) request.destroy(new Error('The answer has no end'))
      else chunks.push(chunk)
    })
    response.on('end', () => {
      if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'))
      else reject(new Error(`HTTP ${response.statusCode}`))
    })
  })
  request.end(sent?.body)
  return await promise
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
