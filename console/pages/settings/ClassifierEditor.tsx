import { useState } from 'react'
import type { ClassifierRow, TopicNodeIn } from '#contract/classifier.ts'
import { checkClassifier, inOrder, tracksOf } from '#core/knowledge/classifier.ts'
import { searchKey } from '#core/text/search-key.ts'
import { useTopics } from '../../api.ts'
import { useQueues } from '../../queue-api.ts'
import { t } from '../../i18n.ts'
import { useClassifierCommand } from '../../settings-api.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { Overtaken } from '../../Overtaken.tsx'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { newTopic, withoutTopic } from './classifier-changes.ts'
import { RowProblems } from './RowProblems.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import { TopicRow } from './TopicRow.tsx'

/** Drawn at once are so many; the rest is found by searching. */
const SHOWN_MAX = 400

/** `basedOn`: when the draft was saved that it began from. */
type Typed = { basedOn: number | null; nodes: readonly TopicNodeIn[] }

/** The tree as it is typed, which survives a reload. A draft is kept with its faults; published is only what has none. */
export function ClassifierEditor(props: { nodes: readonly TopicNodeIn[]; draft: ClassifierRow | undefined }) {
  const { draft } = props
  const {
    change: keep,
    forget,
    typed,
  } = useTypedDraft<Typed>('classifier', {
    basedOn: draft?.savedAt ?? null,
    nodes: props.nodes,
  })
  const { nodes } = typed
  const setNodes = (changed: readonly TopicNodeIn[]) => keep({ ...typed, nodes: changed })
  const [open, setOpen] = useState<TopicNodeIn>()
  const [search, setSearch] = useState('')
  const command = useClassifierCommand()
  const queues = useQueues().data ?? []
  const before = (useTopics().data ?? []).map(({ code }) => code)
  const problems = checkClassifier(nodes, { queues: queues.map(({ queue }) => queue) })
  const tracks = tracksOf(nodes)
  const isSame = nodes === props.nodes
  const newest = draft?.savedAt ?? null
  const isOvertaken = !isSame && typed.basedOn !== newest
  const faulty = new Set(problems.map(({ row }) => row))
  const shown = nodes.filter((node) => node === open || isWanted(node, search, faulty)).slice(0, SHOWN_MAX)
  const change = (node: TopicNodeIn, changed: TopicNodeIn) => {
    setNodes(nodes.map((one) => (one === node ? changed : one)))
    setOpen(changed)
  }
  const add = (parent: string | null) => {
    const added = newTopic(nodes, parent, before)
    setNodes(inOrder([...nodes, added]))
    setOpen(added)
  }
  return (
    <Surface
      title={draft ? t('Draft, version {{version}}', { version: draft.version }) : t('What holds now')}
      aside={
        <span>
          {t('topics: {{count}}, faults: {{faults}}', { count: nodes.length, faults: problems.length })}
        </span>
      }
    >
      <div className={css.actions}>
        <SearchField label={t('Part of a name, or a code')} value={search} search={setSearch} />
        <ActionButton
          label={t('Only faults')}
          variant="default"
          isPressed={search === FAULTS}
          onPress={() => setSearch(search === FAULTS ? '' : FAULTS)}
        />
        <ActionButton label={t('Add a topic at the top')} variant="default" onPress={() => add(null)} />
      </div>
      <ul className={css.tree} aria-label={t('Topics')}>
        {shown.map((node) => (
          <TopicRow
            key={node === open ? 'open' : node.code}
            node={node}
            isOpen={node === open}
            problems={problems.filter(
              ({ row }) => row === (node.code.trim() || String(nodes.indexOf(node) + 1)),
            )}
            queues={queues}
            tracks={tracks}
            toggle={() => setOpen(node === open ? undefined : node)}
            change={(changed) => change(node, changed)}
            addBelow={() => add(node.code)}
            remove={() => setNodes(withoutTopic(nodes, node))}
          />
        ))}
      </ul>
      <RowProblems problems={problems.filter(({ row }) => row === '*')} />
      {isOvertaken && (
        <Overtaken
          title={t('Somebody else has saved this meanwhile.')}
          takeTheirs={forget}
          keepMine={() => keep({ ...typed, basedOn: newest })}
        />
      )}
      <Save
        draft={draft}
        isSame={isSame}
        isOvertaken={isOvertaken}
        problems={problems.length}
        command={command}
        forget={forget}
        save={() =>
          command.mutate({ do: 'save', basedOn: typed.basedOn, nodes: [...nodes] }, { onSuccess: forget })
        }
      />
    </Surface>
  )
}

/** Typed into the search it shows what is marked; nobody looks for it by accident. */
const FAULTS = '!'

function isWanted({ code, names }: TopicNodeIn, search: string, faulty: ReadonlySet<string>): boolean {
  if (search === FAULTS) return faulty.has(code)
  if (search.trim() === '' || code.startsWith(search.trim())) return true
  return searchKey(`${names.uz} ${names.ru} ${names.en ?? ''}`).includes(searchKey(search))
}

function Save(props: {
  draft: ClassifierRow | undefined
  isSame: boolean
  isOvertaken: boolean
  problems: number
  command: ReturnType<typeof useClassifierCommand>
  /** What was typed since. */
  forget: () => void
  save: () => void
}) {
  const { command, draft, forget, isOvertaken, isSame, problems, save } = props
  const [isPublishAsked, pressPublish] = useSecondPress(
    () => draft && command.mutate({ do: 'publish', basedOn: draft.savedAt }),
  )
  const [isDiscardAsked, pressDiscard] = useSecondPress(() =>
    command.mutate({ do: 'discard' }, { onSuccess: forget }),
  )
  return (
    <>
      <div className={css.actions} style={{ marginTop: '0.75rem' }}>
        <ActionButton
          label={t('Save the draft')}
          isBusy={command.isPending}
          whyDisabled={
            isOvertaken
              ? t('First choose which of the two is kept.')
              : isSame
                ? t('Nothing has been changed.')
                : undefined
          }
          onPress={save}
        />
        {!isSame && !isOvertaken && (
          <ActionButton label={t('Show what was saved')} variant="default" onPress={forget} />
        )}
        <ActionButton
          label={isPublishAsked ? t('Press again: topics are chosen from it from now on') : t('Publish')}
          variant="default"
          isBusy={command.isPending}
          whyDisabled={whyNotPublished({ draft, isSame, problems })}
          onPress={pressPublish}
        />
        {draft && (
          <ActionButton
            label={isDiscardAsked ? t('Press again to throw the draft away') : t('Throw the draft away')}
            color="red"
            variant="light"
            isBusy={command.isPending}
            onPress={pressDiscard}
          />
        )}
      </div>
      {!isOvertaken && <SettingsProblem error={command.error} />}
    </>
  )
}

function whyNotPublished(of: { draft: ClassifierRow | undefined; isSame: boolean; problems: number }) {
  if (of.problems > 0) return t('First put right what is marked.')
  return of.draft && of.isSame ? undefined : t('First save the draft.')
}
