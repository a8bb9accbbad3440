/**
 * For tests: keys with certificates of a make-believe certification centre, and real PKCS #7 signatures by them. They are
 * of ordinary algorithms (P-256, SHA-256): the national ones are known to the real module and server alone, and to us
 * what is signed is bytes.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The names of 1.2.860.3.16.1.2 and 1.2.860.3.16.1.1, which openssl does not know. */
const CONFIG = `oid_section = own
[own]
pinfl = 1.2.860.3.16.1.2
tin = 1.2.860.3.16.1.1
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Test
`

export type TestKey = {
  readonly name: string
  readonly pinfl: string
  readonly serial: string
  readonly validTo: Date
  /** Where openssl finds them. */
  readonly files: { readonly key: string; readonly certificate: string }
}

export type TestCentre = Awaited<ReturnType<typeof testCentre>>

export async function testCentre() {
  const folder = await mkdtemp(join(tmpdir(), 'javob-eimzo-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  await writeFile(at('openssl.cnf'), CONFIG)
  const newKey = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-utf8',
    '-config',
    'openssl.cnf',
  ]
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '30',
    '-subj',
    '/CN=Test CA',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  )
  let serial = 0

  return {
    folder,
    authority: at('ca.pem'),

    async key({ days = 2, name, pinfl }: { name: string; pinfl: string; days?: number }): Promise<TestKey> {
      const number = ++serial
      const [key, request, certificate] = [`${number}.key`, `${number}.csr`, `${number}.pem`]
      await openssl(
        'req',
        '-new',
        ...newKey,
        '-subj',
        `/CN=${name}/pinfl=${pinfl}`,
        '-keyout',
        key,
        '-out',
        request,
      )
      const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-set_serial', String(number), '-days', String(days)]
      await openssl('x509', '-req', '-in', request, ...by, '-out', certificate)
      const { stdout } = await openssl('x509', '-in', certificate, '-noout', '-enddate')
      const validTo = new Date(stdout.replace('notAfter=', ''))
      return {
        name,
        pinfl,
        serial: String(number),
        validTo,
        files: { key: at(key), certificate: at(certificate) },
      }
    },

    /** Detached, and in Base64. */
    async sign({ files }: TestKey, document: Buffer): Promise<string> {
      const name = join(folder, `document-${crypto.randomUUID()}`)
      await writeFile(name, document)
      const signer = ['-signer', files.certificate, '-inkey', files.key]
      await openssl(
        'cms',
        '-sign',
        '-binary',
        '-in',
        name,
        ...signer,
        '-outform',
        'DER',
        '-out',
        `${name}.p7s`,
      )
      return (await readFile(`${name}.p7s`)).toString('base64')
    },

    /** Whether it is of this document, and by whose certificate; by the clock of `at`. */
    async check(document: Buffer, pkcs7: Buffer, now: Date): Promise<Checked> {
      const name = join(folder, `check-${crypto.randomUUID()}`)
      await Promise.all([writeFile(name, document), writeFile(`${name}.p7s`, pkcs7)])
      const whole = ['cms', '-verify', '-binary', '-content', name, '-inform', 'DER', '-in', `${name}.p7s`]
      const isOfDocument = await succeeds(
        openssl(...whole, '-noverify', '-signer', `${name}.pem`, '-out', `${name}.out`),
      )
      if (!isOfDocument) return { isOfDocument, isInForce: false, serial: undefined }
      const { stdout } = await openssl('x509', '-in', `${name}.pem`, '-noout', '-serial')
      const seconds = String(Math.floor(now.getTime() / 1000))
      const trust = ['-CAfile', 'ca.pem', '-attime', seconds, '-purpose', 'any']
      return {
        isOfDocument,
        isInForce: await succeeds(openssl(...whole, ...trust, '-out', `${name}.out`)),
        serial: String(Number.parseInt(stdout.trim().replace('serial=', ''), 16)),
      }
    },

    close: () => rm(folder, { recursive: true, force: true }),
  }
}

type Checked = { isOfDocument: boolean; isInForce: boolean; serial: string | undefined }

function succeeds(running: Promise<unknown>): Promise<boolean> {
  return running.then(
    () => true,
    () => false,
  )
}
