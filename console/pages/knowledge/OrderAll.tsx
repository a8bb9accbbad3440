import type { KnowledgeRow } from '#contract/knowledge.ts'
import { type KnowledgeOrder, ordersFor } from '#core/knowledge/knowledge-status.ts'
import { t } from '../../i18n.ts'
import { useOrderMany } from '../../knowledge-api.ts'
import { knowledgeOrderText } from '../../knowledge-words.ts'
import { useSignedIn } from '../../me.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import css from './knowledge.module.css'

/** What is done to many at once after an import: approved by the officer, published by the editor. */
const FOR_MANY = ['approve', 'publish'] as const

/** Over all rows that are shown, when the list is of one status. */
export function OrderAll({ rows, status }: { rows: readonly KnowledgeRow[]; status: string }) {
  const { role } = useSignedIn()
  const shown = rows.filter((row) => row.status === status)
  const [first] = shown
  const order = first && FOR_MANY.find((one) => ordersFor(role, first.status).includes(one))
  return order && <Button rows={shown} order={order} />
}

function Button({ rows, order }: { rows: readonly KnowledgeRow[]; order: KnowledgeOrder }) {
  const many = useOrderMany()
  const versions = rows.map(({ id, version }) => ({ id, version }))
  const [isArmed, press] = useSecondPress(() => many.mutate({ versions, order }))
  const what = { order: knowledgeOrderText(order), count: rows.length }
  return (
    <div className={css.buttons}>
      <ActionButton
        label={
          isArmed
            ? t('{{order}}, all {{count}} shown: press again', what)
            : t('{{order}}, all {{count}} shown', what)
        }
        size="compact-sm"
        variant="default"
        isBusy={many.isPending}
        onPress={press}
      />
      {many.isError && <span role="alert">{problemText(many.error)}</span>}
    </div>
  )
}
