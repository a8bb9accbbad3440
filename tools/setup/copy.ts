/** Which running copy a command means, from its options and the environment. */
import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type DataPaths,
  dataPaths,
  Fault,
  HIGHEST_BASE,
  LOWEST_BASE,
  type Ports,
  portsFrom,
  readSettings,
} from '../../server/config.ts'
import { readFacts } from './data-directory.ts'

export const DATA_OPTION = { data: { type: 'string' } } as const

/** As the person named it; it may not be there yet. */
export function namedData(option: string | undefined): string {
  return option === undefined ? readSettings().data : resolve(option)
}

/** The paths of a copy that is there. */
export function existingCopy(option: string | undefined): { data: DataPaths; ports: Ports } | undefined {
  const named = namedData(option)
  if (!existsSync(named)) return undefined
  const facts = readFacts(named)
  return facts && { data: dataPaths(realpathSync(named)), ports: portsFrom(facts.ports) }
}

export function parseBase(option: string | undefined): number | undefined {
  if (option === undefined) return undefined
  const base = Number(option)
  if (Number.isInteger(base) && base >= LOWEST_BASE && base <= HIGHEST_BASE) return base
  throw new Fault(
    `--ports ${option} is not possible`,
    `Name a number from ${LOWEST_BASE} to ${HIGHEST_BASE}; 2000 ports follow it`,
  )
}

/** What a person opens and what a carrier is told. */
export function addressesOf(ports: Ports): { console: string; portal: string; sip: string } {
  return {
    console: `http://localhost:${ports.web}/`,
    portal: `http://localhost:${ports.web}/portal/`,
    sip: `sip:<this machine>:${ports.sip} (UDP), audio ${ports.rtpFirst}–${ports.rtpLast}`,
  }
}
