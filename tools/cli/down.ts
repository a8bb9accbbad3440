/** Stops a copy. Whatever happened before, afterwards none of its processes is left. */
import { parseArgs } from 'node:util'
import { DATA_OPTION, existingCopy } from '../setup/copy.ts'
import { lockHolder } from '../setup/lock.ts'
import { say, step } from '../setup/progress.ts'
import { readCopyState, runningCopy } from '../supervisor/copy-state.ts'
import { isAlive, signal } from '../../server/process-identity.ts'
import {
  forgetCopy,
  gone,
  kill,
  STOP_ALL_SECONDS,
  stopLeftovers,
  stopProcesses,
} from '../supervisor/stopping.ts'

export const summary = 'stop everything: [--data DIR]'

const PREPARING_SECONDS = 5

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: DATA_OPTION })
  const copy = existingCopy(values.data)
  if (!copy) {
    say('Nothing is running.')
    return 0
  }
  const { data } = copy
  const known = readCopyState(data)?.processes ?? []
  const supervisor = runningCopy(data)?.supervisor
  const preparing = supervisor ? undefined : lockHolder(data.upLock)
  const anything = supervisor !== undefined || preparing !== undefined || known.some(isAlive)

  await step('Stopping', async () => {
    // An `up` that is still installing would start everything again behind our back.
    if (preparing && signal(preparing, 'SIGTERM') && !(await gone([preparing], PREPARING_SECONDS)))
      await kill([preparing])
    if (supervisor && signal(supervisor, 'SIGTERM') && !(await gone([supervisor], STOP_ALL_SECONDS)))
      await kill([supervisor])
    await stopProcesses(known)
    await stopLeftovers(data)
    forgetCopy(data)
  })
  say(anything ? 'Stopped.' : 'Nothing is running.')
  return 0
}
