import type { AddSkill } from '#contract/queues.ts'
import type { QueueId, SkillId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import { defaultQueueSettings, type Otherwise, type QueueSettings } from '#core/routing/queue-settings.ts'
import { readSkillRules } from '#core/routing/skill-rule-text.ts'
import type { SkillRules } from '#core/routing/skill-rules.ts'

type DemoQueue = { id: QueueId; names: Texts; settings: QueueSettings }

const queue = (id: string, names: Texts, settings: Partial<Omit<QueueSettings, 'queue'>>): DemoQueue => ({
  id: id as QueueId,
  names,
  settings: { ...defaultQueueSettings(id as QueueId), ...settings },
})

const general: Otherwise = { do: 'overflow', to: 'general' as QueueId }
const message: Otherwise = { do: 'takeMessage' }

/**
 * The queues the demo flow leads to, in the order of its menus. All are open around the clock, and in all of them
 * whoever speaks the caller's language is asked at last.
 */
export const DEMO_QUEUES: readonly DemoQueue[] = [
  queue(
    'admission',
    { uz: 'Bakalavriatga qabul', ru: 'Приём в бакалавриат' },
    { full: { waitingMax: 300, then: general }, tooLong: { waitSecondsMax: 1_800, then: message } },
  ),
  queue(
    'results',
    { uz: 'Natija va apellyatsiya', ru: 'Результат и апелляция' },
    { tooLong: { waitSecondsMax: 900, then: general } },
  ),
  queue(
    'cert',
    { uz: 'Milliy sertifikat', ru: 'Нацсертификат' },
    { order: 'fewestCalls', tooLong: { waitSecondsMax: 900, then: general } },
  ),
  queue(
    'general',
    { uz: 'Umumiy savollar', ru: 'Общие вопросы' },
    { tooLong: { waitSecondsMax: 1_800, then: message } },
  ),
  queue(
    'tech',
    { uz: 'Toʻlov va texnik yordam', ru: 'Оплата и техническая помощь' },
    {
      order: 'bestSkill',
      skills: rules(
        'wait < 30 s: language >= 60, tech >= 60; then language >= 30, tech >= 1; then language >= 1',
      ),
      expectedHandleSeconds: 300,
      tooLong: { waitSecondsMax: 900, then: general },
    },
  ),
  queue(
    'appeals',
    { uz: 'Murojaatlar', ru: 'Обращения' },
    {
      order: 'bestSkill',
      skills: rules('wait < 45 s: language >= 60, appeals >= 60; then language >= 30; then language >= 1'),
      expectedHandleSeconds: 420,
      tooLong: { waitSecondsMax: 600, then: message },
    },
  ),
  // Whoever calls here must not wait for one agent to find his mouse.
  queue(
    'trust',
    { uz: 'Ishonch telefoni', ru: 'Телефон доверия' },
    { order: 'ringAll', ringSeconds: 30, missesBeforeUnavailable: 3, nobodyOnDuty: { then: general } },
  ),
]

/** What agents can do beside speaking languages. */
export const DEMO_SKILLS: readonly AddSkill[] = [
  { skill: 'appeals' as SkillId, names: { uz: 'Murojaat bilan ishlash', ru: 'Работа с обращениями' } },
  { skill: 'tech' as SkillId, names: { uz: 'Texnik yordam', ru: 'Техническая помощь' } },
]

function rules(text: string): SkillRules {
  const read = readSkillRules(text)
  if ('errors' in read) throw new Error(read.errors[0]?.message)
  return read.rules
}
