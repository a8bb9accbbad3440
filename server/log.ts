import pino from 'pino'

/** One line per decision, with ids not prose. Personal data never: ids lead to the event log, which has access control. */
export function openLog(level = 'info') {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
