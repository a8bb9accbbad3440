import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import type { Logger } from 'pino'
import { alarmService } from '../alarms/service.ts'
import { chancellerySettings } from '../chancellery/settings.ts'
import { signer } from '../chancellery/signing.ts'
import { citizenService } from '../citizens/service.ts'
import { classifierService } from '../classifier/service.ts'
import type { Config } from '../config.ts'
import { migrate } from '../database/migrate.ts'
import { openDatabase, openPool } from '../database/pool.ts'
import { callDemoCitizensAt, type DemoSignIn, seedDemoOrganisation } from '../demo/seed.ts'
import { fileService } from '../files/service.ts'
import { promptService } from '../ivr/prompt-service.ts'
import { promptSpeaker } from '../ivr/prompts.ts'
import { readyMessageService, SMS_SETTING } from '../messages/service.ts'
import { articlesOf, knowledgeService } from '../knowledge/service.ts'
import { learningService } from '../learning/service.ts'
import { PORTAL_SETTINGS } from '../portal/service.ts'
import { queueService } from '../queues/service.ts'
import { ensureKeys } from '../recordings/seal.ts'
import { recordingService } from '../recordings/service.ts'
import { scriptService } from '../scripts/service.ts'
import { peopleService } from '../staff/people.ts'
import { staffService } from '../staff/service.ts'

type Place = { config: Config; log: Logger }

/** The database and the services that need nothing but it. */
export async function openMemory({ config, log }: Place) {
  const pool = openPool(config.database, log)
  const db = openDatabase(pool)
  const applied = await migrate(pool)
  if (applied.length > 0) log.info({ applied }, 'the database was brought to this version')
  // Whatever this process does: an ended call is written together with the work that follows it.
  await runMigrations({ pgPool: pool })
  await ensureKeys(config.data.keys, config.data.recordings)
  const keptSignIns = join(config.data.run, 'sign-ins.json')
  await seedDemoOrganisation({
    db,
    log,
    keepSignIns: (made) => writeFile(keptSignIns, JSON.stringify(made), { mode: 0o600 }),
  })
  await callDemoCitizensAt(db, config.ports.citizen)

  const alarms = alarmService({ db, log })
  const folders = { spool: config.data.spool, recordings: config.data.recordings, keys: config.data.keys }
  const staff = staffService({ db, log })
  const queues = queueService({ db, log })
  const asked = { queues: queues.requiring, agents: staff.agents }
  const knowledge = await knowledgeService(db)
  const speaker = promptSpeaker({ folder: config.data.prompts, log })
  const prompts = promptService({ db, speaker, log })
  return {
    config,
    log,
    pool,
    db,
    files: fileService({
      db,
      folder: config.data.files,
      floorBytes: config.filesFloorBytes,
      full: (detail) => alarms.raise(db, { kind: 'diskFull', subject: config.data.files, detail }),
    }),
    chancellery: chancellerySettings({ db, log, signer: signer(config.data.keys) }),
    alarms,
    speaker,
    prompts,
    signIns: await readSignIns(keptSignIns),
    staff,
    people: peopleService({ db, log, guard: queues.guard, staff }),
    queues,
    citizens: citizenService({ db }),
    knowledge,
    learning: await learningService({ db, log, articles: articlesOf(db), ...asked }),
    classifier: classifierService({
      db,
      log,
      queues: async () => (await queues.settings()).map(({ queue }) => queue),
      published: knowledge.reload,
    }),
    scripts: await scriptService({ db, log }),
    readyMessages: readyMessageService({
      db,
      log,
      address: async () => (await PORTAL_SETTINGS.read(db)).address || undefined,
      hasSender: async () => (await SMS_SETTING.read(db)).driver !== 'off',
    }),
    recordings: recordingService({ db, log, folders, raiseAlarm: alarms.raise }),
  }
}

/** The demo staff's sign-ins, for whoever starts this copy to see; gone when an administrator deletes the file. */
async function readSignIns(path: string): Promise<readonly DemoSignIn[]> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as DemoSignIn[]
  } catch {
    return []
  }
}

export type Memory = Awaited<ReturnType<typeof openMemory>>
