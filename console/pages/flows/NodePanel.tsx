import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { judgeName, removeNode, renameNode } from '#core/ivr/edit-flow.ts'
import type { NodeId } from '#core/ivr/flow.ts'
import { linksOf } from '#core/ivr/flow-links.ts'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import css from './editor.module.css'
import { useEditing } from './flow-editing.ts'
import { flowProblemText, kindText } from './flow-words.ts'
import { NodeFields } from './NodeFields.tsx'

/** One step: its name, what is wrong with it as a whole, its fields, who leads to it, and its end. */
export function NodePanel({ id }: { id: NodeId }) {
  const { change, flow, problems, show } = useEditing()
  const node = flow.nodes[id]
  const [isRemoveAsked, pressRemove] = useSecondPress(() => {
    change(removeNode(flow, id))
    show(undefined)
  })
  if (!node) return <p className={css.quiet}>{t('This step does not exist any more.')}</p>
  const ofNode = problems.filter((one) => one.node === id && one.field === 'node')
  return (
    <div className={css.fields}>
      <p className={css.quiet}>{kindText(node.kind)}</p>
      {ofNode.map((problem) => (
        <p key={problem.code} className={css.problem}>
          {flowProblemText(problem)}
        </p>
      ))}
      <NameField id={id} key={id} />
      <NodeFields id={id} node={node} />
      <Incoming id={id} />
      <ActionButton
        label={isRemoveAsked ? t('Press again to remove the step') : t('Remove the step')}
        color="red"
        variant="light"
        size="xs"
        onPress={pressRemove}
      />
    </div>
  )
}

/** The name changes when the field is left: half a name is none. */
function NameField({ id }: { id: NodeId }) {
  const { change, flow, show } = useEditing()
  const [typed, setTyped] = useState<string>(id)
  const name = typed.trim()
  const verdict = name === id ? 'possible' : judgeName(flow, name)
  function rename(): void {
    if (name === id || verdict !== 'possible') return
    change(renameNode(flow, id, name))
    show(name)
  }
  return (
    <TextInput
      label={t('Name of the step')}
      value={typed}
      error={
        verdict === 'taken'
          ? t('“{{value}}” is there already.', { value: name })
          : verdict === 'badName' && t('Letters, digits, spaces and dots, 64 at most.')
      }
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={rename}
      onKeyDown={(event) => event.key === 'Enter' && rename()}
    />
  )
}

function Incoming({ id }: { id: NodeId }) {
  const { flow, show } = useEditing()
  const from = Object.entries(flow.nodes).flatMap(([name, node]) =>
    linksOf(node).some(({ to }) => to === id) ? [name] : [],
  )
  if (from.length === 0) return null
  return (
    <div>
      <span className={css.quiet}>{t('Led here by')} </span>
      {from.map((name) => (
        <button key={name} type="button" className={css.plain} onClick={() => show(name)}>
          {name}
        </button>
      ))}
    </div>
  )
}
