/** What processes cost, as the kernel counts it. */
import { readProc, statOf } from '../../server/process-identity.ts'

/** proc(5): these times are counted in hundredths of a second (USER_HZ). */
const TICKS_PER_SECOND = 100
/** By their place after the name: utime and stime of proc(5), and cutime and cstime. */
const OWN_FIELDS = [11, 12]
const CHILDREN_FIELDS = [13, 14]

/** Seconds of a core that these processes have used; and the programs they started and have seen end, e.g. encoders. */
export function processorSeconds(processes: readonly number[]): { own: number; children: number } {
  const sum = (fields: readonly number[]) =>
    processes
      .flatMap((pid) => fields.map((field) => Number(statOf(pid)?.[field] ?? 0)))
      .reduce((all, each) => all + each, 0) / TICKS_PER_SECOND
  return { own: sum(OWN_FIELDS), children: sum(CHILDREN_FIELDS) }
}

/** Datagrams that came and found no room at their receiver, of all processes, since this machine started. */
export function datagramsDropped(): number {
  const [names = [], values = []] = (readProc('net/snmp') ?? '')
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '))
  return Number(values[names.indexOf('RcvbufErrors')] ?? 0)
}
