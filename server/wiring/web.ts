/** What is asked for by HTTP: the API, the portal, and the line of an agent's browser. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { AppealId, CallId } from '#core/lib/ids.ts'
import { may } from '#core/staff/permissions.ts'
import { alarmRoutes } from '../alarms/routes.ts'
import { appealOfficeRoutes } from '../appeals/office-routes.ts'
import { appealRoutes } from '../appeals/routes.ts'
import { joinSipSocket } from '../asterisk/sip-socket.ts'
import { attachmentRoutes } from '../attachments/routes.ts'
import { callbackRoutes } from '../callbacks/routes.ts'
import { SIP_SOCKET_PATH } from '../calls/agent-side.ts'
import { outcomeRoutes, outcomeService } from '../calls/outcomes.ts'
import { callRoutes, deskRoutes } from '../calls/routes.ts'
import { trunkRoutes } from '../calls/trunk-routes.ts'
import { chancelleryRoutes } from '../chancellery/routes.ts'
import { chatRoutes } from '../chat/routes.ts'
import { chatService } from '../chat/service.ts'
import { citizenRoutes } from '../citizens/routes.ts'
import { classifierRoutes } from '../classifier/routes.ts'
import { deadlineRoutes } from '../deadlines/routes.ts'
import { deadlineService } from '../deadlines/service.ts'
import { documentRoutes } from '../documents/routes.ts'
import { openHttp, SIGN_IN_COOKIE } from '../http.ts'
import { flowRoutes, informationRoutes, promptRoutes } from '../ivr/routes.ts'
import { knowledgeImport } from '../knowledge/import.ts'
import { importRoutes, itemRoutes } from '../knowledge/item-routes.ts'
import { knowledgeRoutes } from '../knowledge/routes.ts'
import { knowledgeUseRoutes } from '../knowledge/use-routes.ts'
import { knowledgeUse } from '../knowledge/use.ts'
import { learningRoutes } from '../learning/routes.ts'
import { readyMessageRoutes } from '../messages/ready-routes.ts'
import { oneIdRoutes } from '../oneid/routes.ts'
import { organisationRoutes } from '../organisation/routes.ts'
import { organisationService } from '../organisation/service.ts'
import { smsRoutes } from '../messages/sms-routes.ts'
import { portalRoutes } from '../portal/routes.ts'
import { portalStaffRoutes } from '../portal/staff-routes.ts'
import { queueRoutes, skillRoutes } from '../queues/routes.ts'
import { recordingRoutes } from '../recordings/routes.ts'
import { scriptRoutes } from '../scripts/routes.ts'
import { signatureRoutes } from '../signatures/routes.ts'
import { messageRoutes } from '../messages/routes.ts'
import { peopleRoutes } from '../staff/people-routes.ts'
import { staffRoutes } from '../staff/routes.ts'
import type { Calls } from './calls.ts'
import { openPortal, warningsOf } from './citizens.ts'
import type { Memory } from './memory.ts'

const SIGN_INS_LOOKED_AT_EVERY_MS = 60_000
/** At midnight attestations end; so long after it somebody may still be offered a call at most. */
const DAY_LOOKED_AT_EVERY_MS = 5_000
/** Open cards that hear of a changed calendar at once. */
const MOVED_TOLD_MAX = 50

export async function openWeb(memory: Memory, calls: Calls) {
  const { config, db, log, staff } = memory
  const isUp = () =>
    sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
  const citizens = openPortal(memory, calls.appealChanged)
  await citizens.signatures.load()
  const app = await openHttp({
    log,
    staffOf: staff.staffOf,
    health: async () => ({ database: await isUp() }),
    consoleFolder: config.console,
    filesOrigin: config.filesOrigin,
    reaches: citizens.signatures.reaches,
  })
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
  endExpiredSignIns(memory)
  setInterval(memory.learning.lookAtTheDay, DAY_LOOKED_AT_EVERY_MS).unref()
  return app
}

function apiRoutes(memory: Memory, calls: Calls, own: ReturnType<typeof openPortal>) {
  const { flows, information, service, trunks } = calls
  const { appeals, attachments, changed, documents, items, messages, oneId, portal, signatures, sms } = own
  const { alarms, citizens, classifier, config, db, knowledge, log, people } = memory
  const { prompts, queues, recordings, scripts, staff } = memory
  const importRows = knowledgeImport({ db, log, items, unknownTopics: knowledge.notToChoose })
  const agentsOfCall = (call: CallId) => service.agentsOfCall(call)
  const outcomesChanged = () => service.hub.toEverybody({ type: 'choicesChanged', of: 'outcomes' })
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
    await api.register(outcomeRoutes(outcomeService({ db, log, changed: outcomesChanged })))
    await api.register(callbackRoutes(service.callbacks))
    await api.register(recordingRoutes(recordings))
    await api.register(appealRoutes(appeals))
    await api.register(attachmentRoutes(attachments))
    await api.register(appealOfficeRoutes(appeals, warningsOf(memory)))
    await api.register(documentRoutes(documents, attachments.receive))
    await api.register(chancelleryRoutes(memory.chancellery))
    await api.register(signatureRoutes(signatures))
    await api.register(deadlineRoutes(deadlines))
    await api.register(citizenRoutes(citizens))
    await api.register(knowledgeRoutes(knowledge))
    await api.register(itemRoutes(items))
    await api.register(importRoutes(importRows))
    await api.register(knowledgeUseRoutes(knowledgeUse({ db, log, items })))
    await api.register(learningRoutes(memory.learning))
    await api.register(scriptRoutes(scripts))
    await api.register(classifierRoutes(classifier))
    await api.register(messageRoutes(messages))
    await api.register(portalStaffRoutes(portal))
    await api.register(oneIdRoutes(oneId))
    await api.register(smsRoutes(sms))
    await api.register(organisationRoutes(organisationService({ db, log })))
    await api.register(readyMessageRoutes(memory.readyMessages, agentsOfCall))
    await api.register(alarmRoutes(alarms))
    await api.register(chatRoutes(chat))
    await api.register(flowRoutes(flows))
    await api.register(promptRoutes(prompts))
    await api.register(informationRoutes(information))
    await api.register(queueRoutes(queues))
    await api.register(skillRoutes(queues))
  }
}

function endExpiredSignIns({ log, staff }: Memory): void {
  const look = () =>
    staff.endExpired().catch((error: unknown) => {
      log.warn({ error: String(error) }, 'expired sign-ins could not be ended')
    })
  setInterval(() => void look(), SIGN_INS_LOOKED_AT_EVERY_MS).unref()
}
