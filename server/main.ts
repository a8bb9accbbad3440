/**
 * The wiring diagram: everything is built here, by hand, once, and nowhere else.
 *
 * Roles on the command line (`calls`, `web`, `jobs`; all without a word) say what
 * this process does. It starts as root only to read a checkout that others may
 * not, and becomes the system user `javob` before it opens anything.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Logger as WorkerLogger, makeWorkerUtils, run as runWorker, runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { allWaitingTexts } from '#core/ivr/waiting.ts'
import type { AppealId, CallId } from '#core/lib/ids.ts'
import { may } from '#core/staff/permissions.ts'
import { alarmRoutes } from './alarms/routes.ts'
import { alarmService } from './alarms/service.ts'
import { dispatching } from './appeals/dispatching.ts'
import { APPEAL_CRONTAB, appealJobs, enqueueDispatch } from './appeals/jobs.ts'
import { appealOfficeRoutes } from './appeals/office-routes.ts'
import { appealRoutes } from './appeals/routes.ts'
import { appealService, type Moved } from './appeals/service.ts'
import { tellOfChange } from './appeals/telling.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { attachmentService } from './attachments/service.ts'
import { warning } from './appeals/warning.ts'
import { keepMissingWords } from './appeals/words-store.ts'
import { asteriskMediaEngine } from './asterisk/asterisk-media-engine.ts'
import { EngineLease } from './asterisk/engine-lease.ts'
import { engineMarks } from './asterisk/engine-marks.ts'
import { dialTarget } from './asterisk/dial-target.ts'
import { joinSipSocket } from './asterisk/sip-socket.ts'
import { SIP_SOCKET_PATH } from './calls/agent-side.ts'
import type { MediaEngine } from './calls/ports.ts'
import { callbackRoutes } from './callbacks/routes.ts'
import { smsSender } from './carriers/sms-sender.ts'
import { callRoutes, deskRoutes } from './calls/routes.ts'
import { trunkRoutes } from './calls/trunk-routes.ts'
import { trunkService } from './calls/trunks.ts'
import { systemClock } from './calls/clock.ts'
import { outcomeRoutes, outcomeService } from './calls/outcomes.ts'
import { CallService, type CallServiceDeps } from './calls/service.ts'
import { packageFiles } from './chancellery/package-files.ts'
import { chancelleryRoutes } from './chancellery/routes.ts'
import { chancellerySettings } from './chancellery/settings.ts'
import { signer } from './chancellery/signing.ts'
import { chatRoutes } from './chat/routes.ts'
import { chatService } from './chat/service.ts'
import { citizenRoutes } from './citizens/routes.ts'
import { citizenService, numberNamed } from './citizens/service.ts'
import { classifierRoutes } from './classifier/routes.ts'
import { classifierService } from './classifier/service.ts'
import { isCheckoutClosed, readConfig } from './config.ts'
import { migrate } from './database/migrate.ts'
import { patientPool } from './database/patient-pool.ts'
import { openDatabase, openPool } from './database/pool.ts'
import { deadlineRoutes } from './deadlines/routes.ts'
import { deadlineService } from './deadlines/service.ts'
import { callDemoCitizensAt, type DemoSignIn, seedDemoOrganisation } from './demo/seed.ts'
import { startLetters } from './documents/render.ts'
import { documentRoutes } from './documents/routes.ts'
import { documentService } from './documents/service.ts'
import { openHttp, SIGN_IN_COOKIE } from './http.ts'
import { loadHttpAhead } from './http-ahead.ts'
import { FILE_CRONTAB, fileJobs } from './files/jobs.ts'
import { fileService } from './files/service.ts'
import { flowRoutes, informationRoutes, promptRoutes } from './ivr/routes.ts'
import { flowService, MAIN_FLOW } from './ivr/service.ts'
import { promptService } from './ivr/prompt-service.ts'
import { promptSpeaker } from './ivr/prompts.ts'
import { informationService } from './ivr/waiting-information.ts'
import { knowledgeImport } from './knowledge/import.ts'
import { importRoutes, itemRoutes } from './knowledge/item-routes.ts'
import { itemService } from './knowledge/items.ts'
import { knowledgeRoutes } from './knowledge/routes.ts'
import { keepOutdatedWords } from './knowledge/search.ts'
import { knowledgeUseRoutes } from './knowledge/use-routes.ts'
import { knowledgeUse } from './knowledge/use.ts'
import { articlesOf, knowledgeService } from './knowledge/service.ts'
import { learningRoutes } from './learning/routes.ts'
import { learningService } from './learning/service.ts'
import { openLog } from './log.ts'
import { MESSAGE_CRONTAB, messageJobs } from './messages/jobs.ts'
import { messageService } from './messages/service.ts'
import { PORTAL_CRONTAB, portalJobs } from './portal/jobs.ts'
import { portalRoutes } from './portal/routes.ts'
import { portalStaffRoutes } from './portal/staff-routes.ts'
import { citizensTold, keyed, portalService, readPortalSettings } from './portal/service.ts'
import { queueRoutes, skillRoutes } from './queues/routes.ts'
import { queueService } from './queues/service.ts'
import { enqueueRecording, RECORDING_CRONTAB, recordingJobs } from './recordings/jobs.ts'
import { recordingRoutes } from './recordings/routes.ts'
import { ensureKeys } from './recordings/seal.ts'
import { recordingService } from './recordings/service.ts'
import { startPrograms } from './program.ts'
import { clamd } from './scanner/clamd.ts'
import { peopleService } from './staff/people.ts'
import { peopleRoutes } from './staff/people-routes.ts'
import { scriptRoutes } from './scripts/routes.ts'
import { scriptService } from './scripts/service.ts'
import { staffRoutes } from './staff/routes.ts'
import { staffService } from './staff/service.ts'
import { tellCalls } from './tell-calls.ts'

const SERVER_USER = 'javob'
const NODE_NAME = 'n1'
/** Files of this process are shared with the engine through the group, and with nobody else. */
const UMASK = 0o007
const JOBS_AT_ONCE = 4
const SIGN_INS_LOOKED_AT_EVERY_MS = 60_000
/** At midnight attestations end; so long after it somebody may still be offered a call at most. */
const DAY_LOOKED_AT_EVERY_MS = 5_000
/** Open cards that hear of a changed calendar at once. */
const MOVED_TOLD_MAX = 50
const STOP_WITHIN_MS = 5_000
/** Ends at once: another server commands the engine now. The supervisor starts a standby. */
const REPLACED_EXIT_CODE = 3
const TRUNK_LEFT_OUT = 'Its calls are refused until its row is corrected and the server started again.'
/** To ask whether a trunk knows a way out; it is not called. */
const ANY_NUMBER = '+998000000000'
const CITIZEN_LOST = 'The telephone engine failed in the middle of the call. Call the citizen back.'
const MESSAGE_LEFT = 'A citizen was served without the server. Listen and call back.'

const config = readConfig(process.env, process.argv.slice(2))
const log = openLog(config.logLevel)
if (config.roles.includes('web')) await loadHttpAhead(log)
if (isCheckoutClosed()) await Promise.all([startPrograms(), startLetters()])
// While it may still be written: see `NODE_COMPILE_CACHE` of the supervisor.
flushCompileCache()
becomeServerUser()
await serve()

/** Gives up root for good. Under another user there is nothing to give up. */
function becomeServerUser(): void {
  process.umask(UMASK)
  if (process.getuid?.() !== 0) return
  process.setgid?.(SERVER_USER)
  process.setgroups?.([])
  process.setuid?.(SERVER_USER)
}

async function serve(): Promise<void> {
  // Before anything that two servers must not do both: a standby waits here.
  const lease = config.roles.includes('calls') ? await takeCommand() : undefined
  const memory = await openMemory()
  const calls = await openCalls(memory, lease)
  // Before the rest: after a crash people are talking and waiting.
  await calls.start()
  const jobs = config.roles.includes('jobs') ? await openJobs(memory) : undefined
  const http = config.roles.includes('web') ? await openWeb(memory, calls) : undefined
  readAnew(memory)
  // Not before: an agent who came back sooner would find a desk without the call he is in.
  await http?.listen({ port: config.ports.web, host: config.bind })
  await writeFile(config.data.ready, JSON.stringify({ ready: true, signIns: memory.signIns }), {
    mode: 0o600,
  })
  log.info({ ready: true, roles: config.roles, web: config.ports.web, sip: config.ports.sip }, 'ready')
  stopOnSignal(async () => {
    await http?.close()
    await calls.stop()
    await jobs?.stop()
    await memory.db.destroy()
    await lease?.release()
  })
}

/** One server commands the engine. A second waits until the first is gone, and a replaced one ends. */
async function takeCommand(): Promise<EngineLease> {
  const address = { host: '127.0.0.1', port: config.ports.engineHttp, password: config.secrets.ariPassword }
  const lease = new EngineLease(engineMarks(address), log)
  await lease.acquire()
  void lease.lost.then(() => process.exit(REPLACED_EXIT_CODE))
  return lease
}

/** The database and the services that need nothing but it. */
async function openMemory() {
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
    pool,
    db,
    files: fileService({ db, folder: config.data.files }),
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

type Memory = Awaited<ReturnType<typeof openMemory>>

/** The engine, the calls in progress, and the flow they walk. */
async function openCalls(memory: Memory, mandate: EngineLease | undefined) {
  const { alarms, db, recordings } = memory
  const media = asteriskMediaEngine({
    data: config.data.root,
    httpPort: config.ports.engineHttp,
    ariPassword: config.secrets.ariPassword,
    log,
    ...(mandate && { mandate }),
  })
  const spoken = await openFlows(memory)
  const { flow, information } = spoken
  const stillCommands = async () =>
    (await mandate?.confirm().then(
      () => true,
      () => false,
    )) ?? false
  const service = openCallService(memory, media, { flow, information: information.of, stillCommands })
  tellCalls(memory, { service, flows: spoken.flows })
  async function applyTrunks(): Promise<void> {
    for (const problem of await media.applyTrunks(await service.trunks()))
      await alarms.raise(db, { kind: 'trunkLeftOut', subject: problem, detail: TRUNK_LEFT_OUT })
  }
  const trunks = trunkService({
    db,
    log,
    hasWayOut,
    inEngine: () => media.trunksInEngine(),
    async apply() {
      await service.trunksChanged()
      return await applyTrunks().then(
        () => true,
        (error: unknown) => {
          log.warn({ error: String(error) }, 'the engine has not read the trunks')
          return false
        },
      )
    },
  })
  return {
    ...spoken,
    service,
    trunks,
    async start(): Promise<void> {
      if (!config.roles.includes('calls')) return
      await service.prepare()
      await media.start((event) => service.onMedia(event))
      await service.adopt()
      await applyTrunks()
      await recordings.resumeUnfinished()
    },
    async stop(): Promise<void> {
      spoken.flows.stop()
      await media.stop()
      await service.stop()
    },
  }
}

type Calls = Awaited<ReturnType<typeof openCalls>>

/** The flow that new calls walk is kept in memory; all it can say has been spoken before the first call. */
async function openFlows({ db, prompts }: Memory) {
  const withoutAny = demoFlow()
  const flows = flowService({ db, log, prompts, clock: systemClock })
  await flows.reload(MAIN_FLOW)
  const flow = () => flows.flowNow(MAIN_FLOW) ?? withoutAny
  const information = await informationService({ db, speak: prompts.prepareTexts })
  await prompts.prepareAll(flow(), allWaitingTexts(information.all()))
  return { flows, information, flow }
}

function hasWayOut(trunk: Parameters<CallServiceDeps['hasWayOut']>[0]): boolean {
  return dialTarget(trunk, ANY_NUMBER) !== undefined
}

type CallPlace = Pick<CallServiceDeps, 'flow' | 'information' | 'stillCommands'>

function openCallService(memory: Memory, media: MediaEngine, place: CallPlace): CallService {
  const { alarms, citizens, db, knowledge, learning, queues, speaker, staff } = memory
  return new CallService({
    db,
    log,
    media,
    node: NODE_NAME,
    prompts: { file: speaker.promptFile },
    journalFolder: config.data.journal,
    ...place,
    hasWayOut,
    topicNames: knowledge.topicNames,
    agentProfiles: async () => (await staff.agents()).map(learning.qualified),
    async agentProfile(agent) {
      const profile = await staff.agentProfile(agent)
      return profile && learning.qualified(profile)
    },
    queueSettings: queues.settings,
    callersOf: citizens.callersOf,
    openAlarms: alarms.countOpen,
    alarm: (kind, subject, detail) => alarms.raise(db, { kind, subject, detail }),
    hooks: {
      callEnded: enqueueRecording,
      messageLeft: (trx, call) =>
        alarms.raise(trx, { kind: 'messageLeft', subject: call, detail: MESSAGE_LEFT }),
      citizenNamed: numberNamed,
      citizenLostByUs: (trx, call) =>
        alarms.raise(trx, { kind: 'citizenLostByUs', subject: call, detail: CITIZEN_LOST }),
    },
  })
}

/** Timed work. What a killed worker had taken is let go first: it would stay locked for hours. */
async function openJobs(memory: Memory) {
  const { alarms, chancellery, db, files, pool, recordings } = memory
  // Work that nobody asked for sees every appeal, and shows it to nobody.
  const { attachments, documents } = openPapers(memory, { mustSee: async () => undefined })
  const { messages, portal } = openPortal(memory)
  const utils = await makeWorkerUtils({ pgPool: pool })
  const { rows } = await pool.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker._private_jobs where locked_by is not null',
  )
  if (rows.length > 0) await utils.forceUnlockWorkers(rows.map((row) => row.locked_by))
  await utils.release()
  const dispatches = dispatching({
    db,
    log,
    chancellery: chancellery.driver,
    filesOf: packageFiles({
      documentOf: documents.ofStep,
      attachmentsOf: attachments.kept,
      read: files.read,
    }),
    raiseAlarm: (alarm) => alarms.raise(db, alarm),
  })
  return await runWorker({
    pgPool: patientPool(pool),
    taskList: {
      ...recordingJobs(recordings),
      ...appealJobs(dispatches, warningsOf(memory)),
      ...messageJobs(messages),
      ...portalJobs(portal),
      ...fileJobs(files, log),
    },
    crontab: [RECORDING_CRONTAB, APPEAL_CRONTAB, FILE_CRONTAB, MESSAGE_CRONTAB, PORTAL_CRONTAB].join('\n'),
    concurrency: JOBS_AT_ONCE,
    noHandleSignals: true,
    logger: new WorkerLogger(
      () => (level, message) =>
        log[level === 'warning' ? 'warn' : level === 'error' ? 'error' : 'debug'](message),
    ),
  })
}

function warningsOf({ alarms, db }: Pick<Memory, 'alarms' | 'db'>) {
  return warning({ db, log, raiseAlarm: alarms.raise })
}

type Seeing = Pick<Parameters<typeof attachmentService>[0], 'mustSee' | 'changed'>

/** What is attached to appeals, and what is made of them. */
function openPapers({ db, files }: Memory, seeing: Seeing) {
  const attachments = attachmentService({
    db,
    log,
    files,
    ...seeing,
    secret: config.secrets.cookieSecret,
    filesOrigin: config.filesOrigin,
    virusScan: config.clamd === undefined ? undefined : clamd(config.clamd),
  })
  const documents = documentService({ db, log, files, ...seeing, attachmentsOf: attachments.kept })
  return { attachments, documents }
}

/** What citizens do themselves, with the appeals it moves and the messages that tell them. */
function openPortal(memory: Memory, changed?: (appeal: AppealId) => void) {
  const { db, knowledge, recordings } = memory
  const keys = keyed(config.secrets.cookieSecret)
  const messages = messageService({
    db,
    log,
    sender: () => smsSender(db),
    followCode: keys.writtenFollowCode,
    address: async () => (await readPortalSettings(db)).address || undefined,
  })
  const moved: Moved = (trx, steps) =>
    citizensTold(trx, steps, { messages, attach: papers.attachments.attach })
  const told = changed && { changed }
  const appeals = appealService({ db, log, dispatched: enqueueDispatch, moved, ...told })
  const papers = openPapers(memory, { mustSee: appeals.card, ...told })
  const items = itemService({ db, log, unknownTopics: knowledge.unknownTopics })
  const portal = portalService({ db, log, keys, appeals, items, messages, recordings, ...papers })
  return { appeals, changed, items, messages, portal, ...papers }
}

async function openWeb(memory: Memory, calls: Calls) {
  const { db, staff } = memory
  const isUp = () =>
    sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
  const app = await openHttp({
    log,
    staffOf: staff.staffOf,
    health: async () => ({ database: await isUp() }),
    consoleFolder: config.console,
    filesOrigin: config.filesOrigin,
  })
  const { hub } = calls.service
  const changed = tellOfChange({ db, log, tell: (track, told) => hub.toThoseWhoSeeAppeal(track, told) })
  const citizens = openPortal(memory, changed)
  await app.register(apiRoutes(memory, calls, citizens), { prefix: '/api' })
  await app.register(portalRoutes(citizens.portal), { prefix: '/portal' })
  joinSipSocket(app.server, {
    path: SIP_SOCKET_PATH,
    port: config.ports.engineHttp,
    log,
    async isAllowed(request) {
      const token = app.parseCookie(request.headers.cookie ?? '')[SIGN_IN_COOKIE]
      const who = token ? await staff.staffOf(token) : undefined
      return who !== undefined && may(who.role, 'takeCalls')
    },
  })
  endExpiredSignIns(staff)
  setInterval(memory.learning.lookAtTheDay, DAY_LOOKED_AT_EVERY_MS).unref()
  return app
}

function apiRoutes(memory: Memory, calls: Calls, own: ReturnType<typeof openPortal>) {
  const { flows, information, service, trunks } = calls
  const { appeals, attachments, changed, documents, items, portal } = own
  const { alarms, citizens, classifier, db, knowledge, people, prompts, queues, recordings, scripts, staff } =
    memory
  const { unknownTopics } = knowledge
  const importRows = knowledgeImport({ db, log, items, unknownTopics })
  const agentsOfCall = (call: CallId) => service.agentsOfCall(call)
  const chat = chatService({ db, readers: service.hub, agentsOfCall, now: Date.now })
  const deadlines = deadlineService({
    db,
    log,
    recount: appeals.recount,
    // Whoever looks at a list asks for it again at the first; whoever looks at a card has one of few.
    moved: (moved) => {
      for (const { id } of moved.slice(0, MOVED_TOLD_MAX)) changed?.(id as AppealId)
    },
  })
  return async (api: FastifyInstance) => {
    await api.register(staffRoutes(staff))
    await api.register(peopleRoutes(people))
    await api.register(deskRoutes(service, knowledge, config.ports.sip))
    await api.register(callRoutes(service))
    await api.register(trunkRoutes(trunks))
    await api.register(outcomeRoutes(outcomeService({ db, log })))
    await api.register(callbackRoutes(service.callbacks))
    await api.register(recordingRoutes(recordings))
    await api.register(appealRoutes(appeals))
    await api.register(attachmentRoutes(attachments))
    await api.register(appealOfficeRoutes(appeals, warningsOf(memory)))
    await api.register(documentRoutes(documents, attachments.receive))
    await api.register(chancelleryRoutes(memory.chancellery))
    await api.register(deadlineRoutes(deadlines))
    await api.register(citizenRoutes(citizens))
    await api.register(knowledgeRoutes(knowledge))
    await api.register(itemRoutes(items))
    await api.register(importRoutes(importRows))
    await api.register(knowledgeUseRoutes(knowledgeUse({ db, log, items })))
    await api.register(learningRoutes(memory.learning))
    await api.register(scriptRoutes(scripts))
    await api.register(classifierRoutes(classifier))
    await api.register(portalStaffRoutes(portal))
    await api.register(alarmRoutes(alarms))
    await api.register(chatRoutes(chat))
    await api.register(flowRoutes(flows))
    await api.register(promptRoutes(prompts))
    await api.register(informationRoutes(information))
    await api.register(queueRoutes(queues))
    await api.register(skillRoutes(queues))
  }
}

/** After an upgrade that finds by other rules; until it is done some is not found. Nobody waits for it. */
function readAnew({ db }: Memory): void {
  for (const [what, keep] of [
    ['knowledge', keepOutdatedWords],
    ['appeals', keepMissingWords],
  ] as const)
    keep(db).then(
      (items) => items > 0 && log.info({ what, items }, 'words were read anew'),
      (error: unknown) => log.warn({ what, error: String(error) }, 'words could not be read anew'),
    )
}

function endExpiredSignIns(staff: Memory['staff']): void {
  const look = () =>
    staff.endExpired().catch((error: unknown) => {
      log.warn({ error: String(error) }, 'expired sign-ins could not be ended')
    })
  setInterval(() => void look(), SIGN_INS_LOOKED_AT_EVERY_MS).unref()
}

/** The first signal stops in good order, bounded in time; the supervisor sees to a second. */
function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error: String(error) }, 'could not stop in good order')
          process.exit(1)
        },
      )
    })
  }
}
