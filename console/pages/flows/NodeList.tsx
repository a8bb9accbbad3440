import type { NodeId } from '#core/ivr/flow.ts'
import { isOfWholeFlow } from '#core/ivr/flow-problems.ts'
import { t } from '../../i18n.ts'
import { Tone } from '../../ui/Tone.tsx'
import css from './editor.module.css'
import { useEditing } from './flow-editing.ts'
import { walkingOrder } from './flow-layout.ts'
import { fieldText, flowProblemText, kindText } from './flow-words.ts'

/** Every step in the order in which callers meet them: the drawing for whoever does not see it or has no mouse. */
export function NodeList({ selected }: { selected: NodeId | undefined }) {
  const { flow, problems, show } = useEditing()
  return (
    <ul className={css.list}>
      <li>
        <button type="button" aria-current={selected === undefined} onClick={() => show(undefined)}>
          <b>{t('The menu as a whole')}</b>
        </button>
      </li>
      {walkingOrder(flow).map((id) => {
        const node = flow.nodes[id]
        const faults = problems.filter((problem) => problem.node === id && !isOfWholeFlow(problem)).length
        return (
          <li key={id}>
            <button type="button" aria-current={selected === id} onClick={() => show(id)}>
              <b>{id}</b>
              <span className={css.quiet}>{node && kindText(node.kind)}</span>
              {faults > 0 && <Tone tone="bad">{t('faults: {{faults}}', { faults })}</Tone>}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

const SHOWN_MAX_PROBLEMS = 100

/** What is wrong, each leading to where it is. */
export function ProblemList() {
  const { problems, show } = useEditing()
  if (problems.length === 0) return <p className={css.quiet}>{t('No faults were found.')}</p>
  return (
    <ul className={css.list}>
      {problems.slice(0, SHOWN_MAX_PROBLEMS).map((problem) => {
        const { field, node } = problem
        const at = field === 'node' ? node : `${isOfWholeFlow(problem) ? '' : `${node}, `}${fieldText(field)}`
        return (
          <li key={`${node} ${field} ${flowProblemText(problem)}`}>
            <button type="button" onClick={() => show(isOfWholeFlow(problem) ? undefined : node)}>
              <b>{at}</b>
              <span className={css.problem}>{flowProblemText(problem)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
