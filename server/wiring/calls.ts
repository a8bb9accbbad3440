import { demoFlow } from '#core/ivr/demo-flow.ts'
import { allWaitingTexts } from '#core/ivr/waiting.ts'
import { tellOfChange } from '../appeals/telling.ts'
import { asteriskMediaEngine } from '../asterisk/asterisk-media-engine.ts'
import { dialTarget } from '../asterisk/dial-target.ts'
import type { EngineLease } from '../asterisk/engine-lease.ts'
import { systemClock } from '../calls/clock.ts'
import type { MediaEngine } from '../calls/ports.ts'
import { CallService, type CallServiceDeps } from '../calls/service.ts'
import { trunkService } from '../calls/trunks.ts'
import { numberNamed } from '../citizens/service.ts'
import { flowService, MAIN_FLOW } from '../ivr/service.ts'
import { informationService } from '../ivr/waiting-information.ts'
import { enqueueRecording } from '../recordings/jobs.ts'
import { tellCalls } from './tell-calls.ts'
import type { Memory } from './memory.ts'

const NODE_NAME = 'n1'
const TRUNK_LEFT_OUT = 'Its calls are refused until its row is corrected and the server started again.'
/** To ask whether a trunk knows a way out; it is not called. */
const ANY_NUMBER = '+998000000000'
const CITIZEN_LOST = 'The telephone engine failed in the middle of the call. Call the citizen back.'
const CALL_DISPUTED = 'The citizen did not accept what he was told. Listen, and see what is to be done.'
const MESSAGE_LEFT = 'A citizen was served without the server. Listen and call back.'

/** The engine, the calls in progress, and the flow they walk. */
export async function openCalls(memory: Memory, mandate: EngineLease | undefined) {
  const { alarms, config, db, log, recordings } = memory
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
      try {
        await service.trunksChanged()
        await applyTrunks()
        return true
      } catch (error) {
        // The engine keeps those it has, and its link may be lost at any moment: no reason to die.
        log.warn({ error: String(error) }, 'the engine has not read the trunks')
        return false
      }
    },
  })
  return {
    ...spoken,
    service,
    appealChanged: tellOfChange({
      db,
      log,
      tell: (track, told) => service.hub.toThoseWhoSeeAppeal(track, told),
    }),
    trunks,
    async start(): Promise<void> {
      if (!config.roles.includes('calls')) return
      await service.prepare()
      await media.start((event) => {
        service.onMedia(event)
        if (event.type === 'engineBack') void trunks.applyAgain()
      })
      await service.adopt()
    },
    /** What nobody who talks or waits depends on: after the desks have their line back. */
    async finishStart(): Promise<void> {
      if (!config.roles.includes('calls')) return
      await trunks.applyAgain()
      media.startLeftMessages()
      await recordings.resumeUnfinished()
    },
    async stop(): Promise<void> {
      spoken.flows.stop()
      await media.stop()
      await service.stop()
    },
  }
}

export type Calls = Awaited<ReturnType<typeof openCalls>>

/** The flow that new calls walk is kept in memory; all it can say has been spoken before the first call. */
async function openFlows({ db, log, prompts }: Memory) {
  const withoutAny = demoFlow()
  const flows = flowService({ db, log, prompts, clock: systemClock })
  await flows.reload(MAIN_FLOW)
  const flow = () => flows.flowNow(MAIN_FLOW) ?? withoutAny
  const information = await informationService({ db, log, speak: prompts.prepareTexts })
  await prompts.prepareAll(flow(), allWaitingTexts(information.all()))
  return { flows, information, flow }
}

function hasWayOut(trunk: Parameters<CallServiceDeps['hasWayOut']>[0]): boolean {
  return dialTarget(trunk, ANY_NUMBER) !== undefined
}

type CallPlace = Pick<CallServiceDeps, 'flow' | 'information' | 'stillCommands'>

function openCallService(memory: Memory, media: MediaEngine, place: CallPlace): CallService {
  const { alarms, citizens, config, db, knowledge, learning, log, queues, speaker, staff } = memory
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
      callDisputed: (trx, call) =>
        alarms.raise(trx, { kind: 'callDisputed', subject: call, detail: CALL_DISPUTED }),
    },
  })
}
