/** Whether the clock of this machine is kept right: prompts, music and the due days of appeals go by it. */
import { Fault } from '../../server/config.ts'
import { runProgram } from './run.ts'

export async function lookAtClock(): Promise<string> {
  const asked = runProgram('timedatectl', ['show', '--property', 'NTPSynchronized', '--value'])
  const { code, lines } = await asked.catch(() => ({ code: 1, lines: [] }))
  return clockRemark(code === 0 ? lines : [])
}

/** `lines` as timedatectl says them; none where it is absent, as in a container, which has its host's clock. */
export function clockRemark(lines: readonly string[]): string {
  const [synchronized] = lines
  if (synchronized === 'yes') return 'kept by NTP'
  if (synchronized === 'no') {
    throw new Fault(
      'The clock of this machine is not kept by NTP',
      'apt-get install chrony: it slews the clock, and one that is set back stops prompts and music for as long',
    )
  }
  return 'kept by the host, or nobody: there is no systemd here to ask'
}
