/** The supervisor as a process of its own: `up` starts it in the background and it outlives `up --detach`. */
import { rmSync, writeFileSync } from 'node:fs'
import { Fault, readConfig } from '../../server/config.ts'
import { installBinaries } from '../../server/database/embedded.ts'
import { systemUsers } from '../setup/system-users.ts'
import { writeCopyState } from './copy-state.ts'
import { identityOf } from '../../server/process-identity.ts'
import { turnLogs } from './log-files.ts'
import { processSpecs } from './process-specs.ts'
import { forgetCopy } from './stopping.ts'
import { Supervisor } from './supervisor.ts'

const LOOK_AT_LOGS_EVERY_MS = 60_000

// Files are shared within the group of the two system users and with nobody else.
process.umask(0o007)
// Our own log is a file too, and a full disk must not end calls.
process.stdout.on('error', () => undefined)

const config = readConfig()
const self = identityOf(process.pid)
if (!self) throw new Error('This process is not to be seen in /proc')

const binaries = config.databaseUrl ? undefined : await installBinaries(config.cache)
const supervisor = new Supervisor(
  { data: config.data, ports: config.ports, self },
  processSpecs(config, systemUsers(), binaries),
)
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => supervisor.requestStop())
// `up` may end while we say something; that is no reason to let calls fall.
process.on('SIGHUP', () => undefined)

const turning = setInterval(() => turnLogs(config.data.log), LOOK_AT_LOGS_EVERY_MS)
writeFileSync(config.data.supervisorPid, `${process.pid}\n`)
const failure = await supervisor.run().catch((error: unknown) => {
  console.error(error)
  return new Fault(
    `The supervisor failed: ${error instanceof Error ? error.message : String(error)}`,
    'See ./javob logs supervisor',
  )
})
clearInterval(turning)

forgetCopy(config.data)
if (failure) {
  // Whoever started us reads the reason here; nothing runs any more.
  writeCopyState(config.data, {
    supervisor: self,
    phase: 'failed',
    failure: { sentence: failure.message, mend: failure.mend },
    ports: config.ports,
    processes: [],
  })
  rmSync(config.data.supervisorPid, { force: true })
}
process.exit(failure ? 1 : 0)
