import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { connect } from '#core/ivr/edit-flow.ts'
import type { Flow, NodeId } from '#core/ivr/flow.ts'
import { linksOf, type LinkSlot } from '#core/ivr/flow-links.ts'
import { t } from '../../i18n.ts'
import css from './editor.module.css'
import { type FieldsProps, useEditing } from './flow-editing.ts'
import { walkingOrder } from './flow-layout.ts'
import { kindText } from './flow-words.ts'
import { useProblemsAt } from './use-problems-at.ts'

/** A way out of a step, by the slot it leaves from. */
export function Way({ id, node, slot, label }: FieldsProps & { slot: LinkSlot; label: string }) {
  const { change, flow } = useEditing()
  const problemAt = useProblemsAt(id)
  const to = linksOf(node).find((link) => link.slot === slot)?.to ?? ''
  return (
    <WayField
      label={label}
      to={to}
      problem={problemAt(slot)}
      change={(next) => change(connect(flow, id, { slot, to: next }))}
    />
  )
}

/** Where a way leads, by the names of the steps; beside it the way there. */
export function WayField(props: {
  label: string
  to: NodeId
  problem: string | undefined
  change: (to: NodeId) => void
}) {
  const { change, label, problem, to } = props
  const { flow, show } = useEditing()
  const isThere = Object.hasOwn(flow.nodes, to)
  return (
    <div className={css.way}>
      <NativeSelect
        label={label}
        value={to}
        error={problem}
        data={[
          ...(isThere ? [] : [{ value: to, label: t('“{{to}}” (does not exist)', { to }) }]),
          ...walkingOrder(flow).map((id) => ({ value: id, label: labelOf(flow, id) })),
        ]}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {isThere && (
        <ActionIcon
          variant="default"
          size="input-sm"
          aria-label={t('Go to {{step}}', { step: to })}
          onClick={() => show(to)}
        >
          <IconArrowRight size={16} />
        </ActionIcon>
      )}
    </div>
  )
}

function labelOf(flow: Flow, id: NodeId): string {
  const node = flow.nodes[id]
  return node ? `${id} (${kindText(node.kind)})` : id
}
