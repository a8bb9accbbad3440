import type { QueueId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'

const queue = (id: string, uz: string, ru: string) => ({
  id: id as QueueId,
  names: { uz, ru } satisfies Texts,
})

/** The queues the demo flow leads to, in the order of its menus. */
export const DEMO_QUEUES: readonly { id: QueueId; names: Texts }[] = [
  queue('admission', 'Bakalavriatga qabul', 'Приём в бакалавриат'),
  queue('results', 'Natija va apellyatsiya', 'Результат и апелляция'),
  queue('cert', 'Milliy sertifikat', 'Нацсертификат'),
  queue('general', 'Umumiy savollar', 'Общие вопросы'),
  queue('tech', 'Toʻlov va texnik yordam', 'Оплата и техническая помощь'),
  queue('appeals', 'Murojaatlar', 'Обращения'),
  queue('trust', 'Ishonch telefoni', 'Телефон доверия'),
]
