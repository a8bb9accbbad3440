/** For tests: a server that is killed, as by the power, at the point named on its command line. */
import pino from 'pino'
import type { CallId } from '#core/lib/ids.ts'
import { openDatabase, openPool } from '../database/pool.ts'
import { recordingPipeline } from './pipeline.ts'
import { raiseAlarm } from './recording-fixture.ts'

const [point, call, connection, folders] = process.argv.slice(2)
const log = pino({ level: 'silent' })
const db = openDatabase(openPool(JSON.parse(connection ?? ''), log))

await recordingPipeline({
  ...{ db, log, raiseAlarm, folders: JSON.parse(folders ?? '') },
  reached(now) {
    if (now === point) process.kill(process.pid, 'SIGKILL')
  },
}).finish(call as CallId)
