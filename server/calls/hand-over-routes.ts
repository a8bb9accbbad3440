/** Somebody else in a call, or in the agent's stead: transfer, consultation, conference. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ConsultWith, TransferTargets, TransferTo } from '#contract/calls.ts'
import { may } from '#core/staff/permissions.ts'
import { Refusal } from '../errors.ts'
import { allow, type SignedInStaff } from '../http-permissions.ts'
import { atDesk } from './desk-route.ts'
import type { CallService } from './service.ts'

export const handOverRoutes =
  (calls: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const { talks } = calls

    app.get(
      '/desk/targets',
      {
        config: allow('takeCalls'),
        schema: {
          summary: 'To whom a call can be given, and who can be asked',
          response: { 200: TransferTargets },
        },
      },
      ({ staff }) => calls.transferTargets(staff.id, mayCallOutside(calls, staff)),
    )

    const transfer = { body: TransferTo }
    app.post(
      '/desk/call/transfer',
      atDesk('Give the call to a queue, a colleague or a number outside, without asking', transfer),
      ({ staff, body }) => {
        if ('number' in body) mustCallOutside(calls, staff)
        if ('queue' in body && !calls.hasQueue(body.queue))
          throw new Refusal('badInput', `There is no queue ${body.queue}`)
        talks.transfer(staff.id, body)
        return calls.desk(staff.id)
      },
    )

    app.post('/desk/call/return', atDesk('Back to its queue, at its place', {}), ({ staff }) => {
      talks.returnToQueue(staff.id)
      return calls.desk(staff.id)
    })

    await app.register(consultRoutes(calls))
  }

const consultRoutes =
  (calls: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const { talks } = calls

    const consult = { body: ConsultWith }
    app.post(
      '/desk/call/consult',
      atDesk('Ask a colleague or somebody outside; the citizen hears music', consult),
      ({ staff, body }) => {
        if ('number' in body) mustCallOutside(calls, staff)
        talks.consult(staff.id, body)
        return calls.desk(staff.id)
      },
    )

    app.post('/desk/call/consult/end', atDesk('Go on with the citizen alone', {}), async ({ staff }) => {
      await talks.endConsult(staff.id)
      return calls.desk(staff.id)
    })

    app.post('/desk/call/conference', atDesk('Let all three hear each other', {}), async ({ staff }) => {
      await talks.confer(staff.id)
      return calls.desk(staff.id)
    })

    app.post(
      '/desk/call/hand-over',
      atDesk('Leave the citizen with whom was asked', {}),
      async ({ staff }) => {
        await talks.handOver(staff.id)
        return calls.desk(staff.id)
      },
    )

    app.post('/desk/call/stop-helping', atDesk('Leave the call of a colleague', {}), ({ staff }) => {
      talks.stopHelping(staff.id)
      return calls.desk(staff.id)
    })
  }

/** His role may, and the organisation has not left him out. */
function mayCallOutside({ dialling }: CallService, { id, role }: SignedInStaff): boolean {
  return may(role, 'callOutside') && dialling.mayCallOutside(id)
}

function mustCallOutside(calls: CallService, staff: SignedInStaff): void {
  if (!mayCallOutside(calls, staff)) throw new Refusal('notAllowed', `${staff.role} calls nobody outside`)
}
