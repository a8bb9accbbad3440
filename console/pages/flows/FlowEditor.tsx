import { SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { FlowCard, FlowRow } from '#contract/flows.ts'
import type { Flow, NodeId } from '#core/ivr/flow.ts'
import { useTopics } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useQueues } from '../../queue-api.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './editor.module.css'
import { EditingContext, type FlowEditing, useEditing } from './flow-editing.ts'
import { FlowToolbar } from './FlowToolbar.tsx'
import { NodeList, ProblemList } from './NodeList.tsx'
import { NodePanel } from './NodePanel.tsx'
import { OvertakenDraft } from './OvertakenDraft.tsx'
import { beginTrial, type Trial } from './trial.ts'
import { TrialPanel } from './TrialPanel.tsx'
import { type FlowDraft, useFlowDraft } from './use-flow-draft.ts'
import { useFlowProblems } from './use-flow-problems.ts'
import { WholePanel } from './WholePanel.tsx'

/** The drawing comes with a library of its own, which nothing else needs. */
const FlowDrawing = lazy(async () => ({ default: (await import('./FlowDrawing.tsx')).FlowDrawing }))

const NONE: readonly never[] = []

/** The menu as it is changed: the drawing, the list of its steps and of its faults, and the fields of one step or a trial. */
export function FlowEditor(props: {
  name: string
  card: FlowCard
  draft: FlowRow | undefined
  now: Flow | undefined
  hasScheduled: boolean
}) {
  const { card, draft: row, name } = props
  const draft = useFlowDraft(name, { basedOn: row?.savedAt ?? null, body: card.body })
  const queues = useQueues().data ?? NONE
  const topics = useTopics().data ?? NONE
  const problems = useFlowProblems(draft.flow, card, { queues, topics })
  const [selected, select] = useState<NodeId>()
  const [shown, setShown] = useState<{ node: NodeId; times: number }>()
  const [trial, setTrial] = useState<Trial>()
  const { change, flow } = draft

  const editing: FlowEditing = useMemo(() => {
    const show = (node: NodeId | undefined) => {
      select(node)
      if (node) setShown((last) => ({ node, times: (last?.times ?? 0) + 1 }))
    }
    return { flow, problems, queues, topics, change, show }
  }, [flow, problems, queues, topics, change])

  function putTrial(next: Trial | undefined): void {
    setTrial(next)
    if (next) editing.show(next.run.node)
  }
  // What is tried is what is drawn.
  const walked = trial?.flow === flow ? trial : undefined
  return (
    <EditingContext value={editing}>
      <Surface title={stateText(row, props.card)}>
        <FlowToolbar {...props} draft={draft} row={row} />
        {draft.isOvertaken && <OvertakenDraft draft={draft} theirs={card.body} row={row} />}
        <div className={css.editor}>
          <Sides selected={selected} />
          <div className={css.drawing}>
            <Suspense fallback={<p className={css.quiet}>{t('Loading')}</p>}>
              <FlowDrawing selected={selected} shown={shown} standing={walked?.run.node} select={select} />
            </Suspense>
          </div>
          <Panel draft={draft} selected={selected} trial={walked} putTrial={putTrial} />
        </div>
      </Surface>
    </EditingContext>
  )
}

function Sides({ selected }: { selected: NodeId | undefined }) {
  return (
    <div className={css.side}>
      <section aria-label={t('Faults')}>
        <h3 className={css.small}>{t('Faults')}</h3>
        <ProblemList />
      </section>
      <section aria-label={t('Steps of the menu')}>
        <h3 className={css.small}>{t('Steps of the menu')}</h3>
        <NodeList selected={selected} />
      </section>
    </div>
  )
}

function Panel(props: {
  draft: FlowDraft
  selected: NodeId | undefined
  trial: Trial | undefined
  putTrial: (trial: Trial | undefined) => void
}) {
  const { draft, putTrial, selected, trial } = props
  const isRunnable = useIsRunnable()
  const title = trial ? t('Trial') : (selected ?? t('The menu as a whole'))
  return (
    <section className={css.panel} aria-label={title}>
      <div className={css.choose}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('Beside the drawing')}
          value={trial ? 'trial' : 'fields'}
          data={[
            { value: 'fields', label: t('Fields') },
            { value: 'trial', label: t('Try it'), disabled: !isRunnable },
          ]}
          onChange={(value) => putTrial(value === 'trial' ? beginTrial(draft.flow) : undefined)}
        />
      </div>
      {!isRunnable && <p className={css.quiet}>{t('It can be tried once no faults are left.')}</p>}
      <h3 className={css.small}>{title}</h3>
      {trial ? (
        <TrialPanel trial={trial} put={putTrial} />
      ) : selected === undefined ? (
        <WholePanel />
      ) : (
        <NodePanel key={selected} id={selected} />
      )}
    </section>
  )
}

/** The interpreter walks flows without faults only; a missing sound it does not mind. */
function useIsRunnable(): boolean {
  return useEditing().problems.every(({ code }) => code === 'soundMissing')
}

function stateText(row: FlowRow | undefined, card: FlowCard): string {
  return row
    ? t('Draft, version {{version}}', { version: row.version })
    : t('What holds now, version {{version}}', { version: card.version })
}
