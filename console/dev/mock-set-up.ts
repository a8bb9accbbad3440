/** What the make-believe organisation sets up once, checked by the very rules of the real one. */
import { CallbackSettings, SaveCallbackSettings } from '#contract/callbacks.ts'
import { DiallingSettings, SaveDialling } from '#contract/dialling.ts'
import { SaveInformation, WaitingInformation } from '#contract/flows.ts'
import { OneIdSettings, SaveOneId } from '#contract/one-id.ts'
import { OrganisationSettings, SaveOrganisation } from '#contract/organisation.ts'
import { checkCallbackSettings, DEFAULT_CALLBACK_SETTINGS } from '#core/calls/callback-settings.ts'
import { checkDialling, DEFAULT_DIALLING_SETTINGS } from '#core/calls/dialling-settings.ts'
import { DEMO_WAITING_INFORMATION } from '#core/ivr/demo-waiting.ts'
import { checkInformation, type WaitingInformation as Told } from '#core/ivr/waiting-information.ts'
import { checkOrganisation } from '#core/organisation/organisation.ts'
import { checkOneId, FIRST_ONE_ID, type OneIdForm } from '#core/portal/one-id-form.ts'
import { checkSms, FIRST_SMS, type SmsForm } from '#core/messages/sms-form.ts'
import type { QueueId } from '#core/lib/ids.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { SaveSms, SmsSettings, TestSms } from '#contract/sms.ts'
import type { MockQueues } from './mock-queues.ts'
import { Refused } from './mock-refused.ts'

type Kept<T> = { changedAt: number | null; value: T }
export type MockSetUp = ReturnType<typeof mockSetUp>
type World = { setUp: MockSetUp; queues: MockQueues; agentRows: readonly { id: string; name: string }[] }
type Asked = { world: World; path: string[]; body: unknown }

export function mockSetUp() {
  return {
    callbacks: kept(DEFAULT_CALLBACK_SETTINGS),
    dialling: kept(DEFAULT_DIALLING_SETTINGS),
    information: kept<Told>(DEMO_WAITING_INFORMATION),
    oneId: { ...kept<OneIdForm>(FIRST_ONE_ID), hasSecret: false },
    sms: { ...kept<SmsForm>({ ...FIRST_SMS, driver: 'demo' }), hasPassword: false, tested: [] as string[] },
    organisation: kept<OrganisationSettings['form']>({
      names: {
        uz: 'Bilim va malakalarni baholash agentligi',
        ru: 'Агентство по оценке знаний и квалификаций',
      },
      shortNumber: '1195',
      phones: [],
      address: { uz: '', ru: '' },
      hours: { uz: '', ru: '' },
      appealPrefix: 'A',
    }),
  }
}

const kept = <T>(value: T): Kept<T> => ({ changedAt: null, value })

function save<T>(of: Kept<T>, value: T, seen: { basedOn: number | null; problems: SettingProblem[] }): void {
  if (seen.problems.length > 0) throw new Refused('settingsHaveProblems', seen.problems)
  if (seen.basedOn !== of.changedAt) throw new Refused('changedMeanwhile')
  Object.assign(of, { value, changedAt: Math.max(Date.now(), (of.changedAt ?? 0) + 1) })
}

function callbacksOf({ setUp: { callbacks } }: World) {
  return CallbackSettings.parse({ changedAt: callbacks.changedAt, rules: callbacks.value })
}

function diallingOf({ agentRows, setUp: { dialling } }: World) {
  const agents = agentRows.map(({ id, name }) => ({ id, name }))
  return DiallingSettings.parse({
    changedAt: dialling.changedAt,
    rules: dialling.value,
    own: ['1195', '+998712351195'],
    agents,
  })
}

const REPORTS_TO = 'https://murojaat.example.uz/api/sms-reports/'
const COMES_BACK_TO = 'https://murojaat.example.uz/portal/sign-in/oneid/back'

function oneIdOf({ setUp: { oneId } }: World) {
  const { changedAt, hasSecret, value } = oneId
  return OneIdSettings.parse({ changedAt, form: value, hasSecret, comesBackTo: COMES_BACK_TO })
}

function smsOf({ setUp: { sms } }: World) {
  return SmsSettings.parse({
    changedAt: sms.changedAt,
    form: sms.value,
    hasPassword: sms.hasPassword,
    reportsTo: REPORTS_TO,
  })
}

function organisationOf({ setUp: { organisation } }: World) {
  return OrganisationSettings.parse({ changedAt: organisation.changedAt, form: organisation.value })
}

function informationOf({ queues, setUp: { information } }: World) {
  return WaitingInformation.parse({
    changedAt: information.changedAt,
    queues: queues.rows.map(({ queue }) => ({ queue, texts: information.value[queue as QueueId] ?? [] })),
  })
}

export const SET_UP: Record<string, (asked: Asked) => unknown> = {
  'GET /callback-settings': ({ world }) => callbacksOf(world),
  'PUT /callback-settings': ({ world, body }) => {
    const { basedOn, rules } = SaveCallbackSettings.parse(body)
    save(world.setUp.callbacks, rules, { basedOn, problems: checkCallbackSettings(rules) })
    return callbacksOf(world)
  },
  'GET /dialling-rules': ({ world }) => diallingOf(world),
  'PUT /dialling-rules': ({ world, body }) => {
    const { basedOn, rules } = SaveDialling.parse(body)
    save(world.setUp.dialling, rules, { basedOn, problems: checkDialling(rules) })
    return diallingOf(world)
  },
  'GET /one-id': ({ world }) => oneIdOf(world),
  'PUT /one-id': ({ world, body }) => {
    const { basedOn, form, secret = '' } = SaveOneId.parse(body)
    const { oneId } = world.setUp
    const hasSecret = oneId.hasSecret || secret !== ''
    save(oneId, form, { basedOn, problems: checkOneId(form, { hasSecret, hasPortal: true }) })
    Object.assign(oneId, { hasSecret })
    return oneIdOf(world)
  },
  'GET /sms-settings': ({ world }) => smsOf(world),
  'PUT /sms-settings': ({ world, body }) => {
    const { basedOn, form, password = '' } = SaveSms.parse(body)
    const { sms } = world.setUp
    const hasPassword = sms.hasPassword || password !== ''
    save(sms, form, { basedOn, problems: checkSms(form, hasPassword) })
    Object.assign(sms, { hasPassword })
    return smsOf(world)
  },
  'POST /sms-settings/test': ({ world, body }) => {
    world.setUp.sms.tested.push(TestSms.parse(body).to)
    return { outcome: 'accepted', problem: '' }
  },
  'GET /organisation': ({ world }) => organisationOf(world),
  'PUT /organisation': ({ world, body }) => {
    const { basedOn, form } = SaveOrganisation.parse(body)
    save(world.setUp.organisation, form, { basedOn, problems: checkOrganisation(form) })
    return organisationOf(world)
  },
  'GET /waiting-information': ({ world }) => informationOf(world),
  'PUT /waiting-information/:queue': ({ world, path, body }) => {
    const { basedOn, texts } = SaveInformation.parse(body)
    const { information } = world.setUp
    const value = { ...information.value, [path[1] ?? '']: texts }
    save(information, value, { basedOn, problems: checkInformation(texts) })
    return informationOf(world)
  },
}
