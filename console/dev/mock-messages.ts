/** SMS to callers in the make-believe centre, chosen and checked by the very rules of the real one. */
import {
  type CallMessage,
  CallMessages,
  ReadyMessageSettings,
  SaveReadyMessages,
  SendReadyMessage,
} from '#contract/messages.ts'
import type { MessageStatus } from '#core/messages/message-status.ts'
import { checkReadyMessages, readyText } from '#core/messages/ready-messages.ts'
import { madeId } from './mock-data.ts'
import { Refused } from './mock-refused.ts'

const PORTAL = 'https://murojaat.example.uz'

type Messages = { settings: ReadyMessageSettings; sent: (CallMessage & { call: string })[] }
type Asked = { world: { messages: Messages }; path: string[]; body: unknown; me: { name: string } }

export function mockMessages(): Messages {
  const message = (code: string, [uz, ru]: [string, string], texts: [string, string]) => ({
    code,
    names: { uz, ru },
    texts: { uz: texts[0], ru: texts[1] },
    isOffered: true,
  })
  const messages = [
    message(
      'portal',
      ['Murojaat portali', 'Портал обращений'],
      ['Murojaatni shu yerda yuborish mumkin: {portal}', 'Подать обращение можно здесь: {portal}'],
    ),
    message(
      'results',
      ['Natijalar', 'Результаты'],
      ['Natijangizni koʻring: my.example.uz', 'Ваш результат: my.example.uz'],
    ),
  ]
  return { settings: { changedAt: null, portal: PORTAL, messages }, sent: [] }
}

/** What the gateway says later; nothing of one that was never sent. */
export function messageBecame({ sent }: Messages, ready: string, status: MessageStatus): void {
  const message = sent.find((one) => one.ready === ready)
  if (message) Object.assign(message, { status, parts: 1 })
}

function ofCall({ settings, sent }: Messages, call: string): CallMessages {
  const inCall = sent.filter((one) => one.call === call)
  return CallMessages.parse({
    number: '+998 90 123 45 67',
    language: 'uz',
    whyNot: null,
    offered: settings.messages
      .filter(({ isOffered }) => isOffered)
      .map(({ code, names, texts }) => ({
        code,
        names,
        written: readyText({ texts }, 'uz', settings.portal ?? undefined) ?? null,
        wasSent: inCall.some(({ ready }) => ready === code),
      })),
    sent: inCall,
  })
}

export const MESSAGES: Record<string, (asked: Asked) => unknown> = {
  'GET /calls/:id/messages': ({ world, path }) => ofCall(world.messages, path[1] ?? ''),
  'POST /calls/:id/messages': ({ world, path, body, me }) => {
    const [call = '', { code, text }] = [path[1], SendReadyMessage.parse(body)]
    const { sent } = world.messages
    if (sent.some((one) => one.call === call && one.ready === code)) throw new Refused('onlyOnce')
    const id = madeId(83, sent.length)
    const facts = { ready: code, text, status: 'queued' as const, parts: null, byName: me.name }
    sent.push({ id, call, sentAt: Date.now(), ...facts })
    return ofCall(world.messages, call)
  },
  'GET /ready-messages': ({ world }) => ReadyMessageSettings.parse(world.messages.settings),
  'PUT /ready-messages': ({ world, body }) => {
    const { basedOn, messages } = SaveReadyMessages.parse(body)
    const { settings } = world.messages
    if (basedOn !== settings.changedAt) throw new Refused('changedMeanwhile')
    const problems = checkReadyMessages(messages)
    if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
    world.messages.settings = { ...settings, changedAt: Date.now(), messages }
    return world.messages.settings
  },
}
