/**
 * Two users, so that a fault in the engine, which talks to strangers, reaches neither
 * the database nor the keys: `javob` runs PostgreSQL and the server, `javob-media`
 * runs Asterisk and shares only the group.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const SERVER_USER = 'javob'
export const MEDIA_USER = 'javob-media'

export type SystemUser = { uid: number; gid: number }
export type SystemUsers = { server: SystemUser; media: SystemUser }

export async function ensureSystemUsers(): Promise<SystemUsers> {
  const common = [
    '--system',
    '--home-dir',
    '/nonexistent',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
  ]
  if (!findUser(SERVER_USER)) await addUser([...common, '--user-group', SERVER_USER])
  if (!findUser(MEDIA_USER)) await addUser([...common, '--gid', SERVER_USER, MEDIA_USER])
  return systemUsers()
}

/** Two copies may be set up at once; whoever comes second finds the user there. */
async function addUser(args: string[]): Promise<void> {
  const name = args.at(-1) ?? ''
  await run('useradd', args).catch((error: unknown) => {
    if (!findUser(name)) throw error
  })
}

export function systemUsers(): SystemUsers {
  const [server, media] = [findUser(SERVER_USER), findUser(MEDIA_USER)]
  if (!server || !media) throw new Error(`The system users ${SERVER_USER} and ${MEDIA_USER} are not there`)
  return { server, media }
}

export function findUser(name: string): SystemUser | undefined {
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find((each) => each[0] === name)
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined
}
