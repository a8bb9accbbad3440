/** What processes cost, as the kernel counts it. */
import { readProc, statOf } from '../../server/process-identity.ts'

/** proc(5): these times are counted in hundredths of a second (USER_HZ). */
const TICKS_PER_SECOND = 100
/** utime, stime, cutime, cstime of proc(5), by their place after the name. */
const TIME_FIELDS = [11, 12, 13, 14]

/** Seconds of a core that these processes have used, with the programs they started and have seen end. */
export function processorSeconds(processes: readonly number[]): number {
  const ticks = processes.flatMap((pid) => TIME_FIELDS.map((field) => Number(statOf(pid)?.[field] ?? 0)))
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND
}

/** Datagrams that came and found no room at their receiver, of all processes, since this machine started. */
export function datagramsDropped(): number {
  const [names = [], values = []] = (readProc('net/snmp') ?? '')
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '))
  return Number(values[names.indexOf('RcvbufErrors')] ?? 0)
}
