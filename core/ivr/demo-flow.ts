/**
 * The flow of the demo organisation, made from the tree in demo-ivr.json: greeting and notice of recording instead of
 * the ring tone, then language, two levels of menus, and a queue.
 *
 * Choices marked `optional` are left out: Karakalpak (kaa) stands in the tree, but there is no voice for it yet and
 * its wording has not been seen by a native speaker.
 */
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import { CALL_LANGUAGES, type CallLanguage, type Texts } from '#core/lib/languages.ts'
import ivr from './demo-ivr.json' with { type: 'json' }
import {
  type Flow,
  type FlowNode,
  type LanguageChoice,
  type MenuChoice,
  type NodeId,
  OPERATOR_KEY,
} from './flow.ts'

const WAIT_SECONDS = 5
const REPEATS = 1
const DEFAULT_LANGUAGE: CallLanguage = 'uz'

const USEFUL_INFORMATION: Texts = {
  uz: 'Qabul va natijalar haqidagi maʼlumotlar saytimizda ham bor.',
  ru: 'Сведения о приёме и результатах есть и на нашем сайте.',
}

const FIRST_MENU_CLOSING: Texts = {
  uz: 'Operator bilan bogʻlanish uchun 0 ni, takrorlash uchun yulduzchani, orqaga qaytish uchun panjarani bosing.',
  ru: 'Чтобы связаться с оператором, нажмите 0, чтобы повторить — звёздочку, чтобы вернуться назад — решётку.',
}

const SUB_MENU_CLOSING: Texts = {
  uz: 'Orqaga qaytish uchun panjarani, operator uchun 0 ni bosing.',
  ru: 'Чтобы вернуться назад, нажмите решётку, для связи с оператором нажмите 0.',
}

const WRONG_KEY: Texts = { uz: 'Bunday tanlov yoʻq.', ru: 'Такого пункта нет.' }

type Branch = Texts & {
  key: string
  sub?: readonly (Texts & { key: string; queue: string; code: string })[]
  queue?: string
}

/** What every node that waits for a key does: once more after five seconds, then a person. */
const waits = {
  waitSeconds: WAIT_SECONDS,
  repeats: REPEATS,
  onNoInput: 'operator',
  onWrongKey: 'operator',
} as const

export function demoFlow(): Flow {
  const branches: readonly Branch[] = ivr.menu
  const menus = branches.filter((branch) => branch.key !== OPERATOR_KEY)
  const operatorQueue = branches.find((branch) => branch.key === OPERATOR_KEY)?.queue ?? 'general'
  return {
    start: 'greeting',
    languages: CALL_LANGUAGES,
    operator: 'operator',
    wrongKey: WRONG_KEY,
    nodes: {
      greeting: { kind: 'announce', texts: ivr.entry, next: 'usefulInformation', mustBeHeard: true },
      usefulInformation: { kind: 'announce', texts: USEFUL_INFORMATION, next: 'answer' },
      answer: { kind: 'answer', next: 'language' },
      language: {
        ...waits,
        kind: 'chooseLanguage',
        choices: languageChoices(),
        defaultLanguage: DEFAULT_LANGUAGE,
        next: 'menu',
      },
      menu: {
        ...waits,
        kind: 'menu',
        choices: menus.map(({ key, uz, ru }) => ({ key, label: { uz, ru }, next: menuId(key) })),
        closing: FIRST_MENU_CLOSING,
      },
      operator: { kind: 'queue', queue: operatorQueue as QueueId },
      ...Object.fromEntries(menus.flatMap(subMenu)),
    },
  }
}

function languageChoices(): LanguageChoice[] {
  return ivr.language.flatMap(({ key, lang, prompt, ...rest }) => {
    const language = CALL_LANGUAGES.find((known) => known === lang)
    return language && !('optional' in rest) ? [{ key, language, text: `${prompt}.` }] : []
  })
}

/** A menu of the second level, and the queues it leads to: one node each, however many choices lead there. */
function subMenu({ key, sub = [] }: Branch): [NodeId, FlowNode][] {
  const choices: MenuChoice[] = sub.map((choice) => ({
    key: choice.key,
    label: { uz: choice.uz, ru: choice.ru },
    next: queueId(choice.queue),
    topic: choice.code as TopicCode,
  }))
  const queues = sub.map(({ queue }): [NodeId, FlowNode] => [
    queueId(queue),
    { kind: 'queue', queue: queue as QueueId },
  ])
  return [[menuId(key), { ...waits, kind: 'menu', choices, closing: SUB_MENU_CLOSING }], ...queues]
}

const menuId = (key: string): NodeId => `menu ${key}`
const queueId = (queue: string): NodeId => `queue ${queue}`
