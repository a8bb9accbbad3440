import { Alert, Button, Select } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { KnowledgeCard, KnowledgeForm } from '#contract/knowledge.ts'
import { contentProblem, KNOWLEDGE_KINDS, type KnowledgeKind } from '#core/knowledge/knowledge-content.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useAddKnowledge, useKnowledgeItem, useSaveKnowledge } from '../../knowledge-api.ts'
import { contentProblemText, knowledgeKindText } from '../../knowledge-words.ts'
import { paths } from '../../paths.ts'
import { problemText } from '../../problem-text.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './knowledge.module.css'
import { emptyForm, formOf, isMarked, whole } from './knowledge-form.ts'
import { KnowledgeFields } from './KnowledgeFields.tsx'

/** The next version of an item. It begins as the newest one, and is a draft until it is approved and published. */
export function EditKnowledgePage({ id }: { id: string }) {
  return <Asked query={useKnowledgeItem(id)}>{(card) => <NextVersion card={card} />}</Asked>
}

function NextVersion({ card }: { card: KnowledgeCard }) {
  const [newest] = card.versions
  const saved = { form: newest ? formOf(newest) : emptyForm(), basedOn: newest?.version ?? 0 }
  // What it began from stays what it began from, whatever others save meanwhile: the server then refuses, and says so.
  const { typed, change, forget } = useTypedDraft(`knowledge.${card.id}`, saved)
  const save = useSaveKnowledge(card.id)
  const open = useOpenItem(forget)
  return (
    <Page
      title={t('Version {{version}}', { version: typed.basedOn + 1 })}
      aside={
        <Link to={paths.knowledgeItem(String(card.id))} onClick={forget}>
          {t('Back without saving')}
        </Link>
      }
    >
      {typed.basedOn !== saved.basedOn && <ChangedMeanwhile take={forget} />}
      <Editor
        form={typed.form}
        setForm={(form) => change({ ...typed, form })}
        saving={save}
        save={(whole) => save.mutate({ basedOn: typed.basedOn, form: whole }, { onSuccess: open })}
      />
    </Page>
  )
}

function ChangedMeanwhile({ take }: { take: () => void }) {
  return (
    <Alert role="alert" mb="md" title={t('Somebody changed this meanwhile. Look at it again, please.')}>
      <Button variant="default" size="xs" onClick={take}>
        {t('Show what was saved')}
      </Button>
    </Alert>
  )
}

const NEW: { kind: KnowledgeKind; form: KnowledgeForm } = { kind: 'faq', form: emptyForm() }

export function NewKnowledgePage() {
  const { typed, change, forget } = useTypedDraft('knowledge.new', NEW)
  const { form, kind } = typed
  const add = useAddKnowledge()
  const open = useOpenItem(forget)
  return (
    <Page
      title={t('Write a new one')}
      aside={
        <Link to={paths.knowledge()} onClick={forget}>
          {t('Back without saving')}
        </Link>
      }
    >
      <Select
        label={t('Kind')}
        data={KNOWLEDGE_KINDS.map((value) => ({ value, label: knowledgeKindText(value) }))}
        value={kind}
        onChange={(chosen) => change({ ...typed, kind: (chosen ?? kind) as KnowledgeKind })}
        allowDeselect={false}
        w={280}
        mb="md"
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <Editor
        form={form}
        setForm={(changed) => change({ ...typed, form: changed })}
        saving={add}
        save={(whole) => add.mutate({ kind, form: whole }, { onSuccess: open })}
      />
    </Page>
  )
}

/** What was typed is saved: nothing of it is kept in the tab. */
function useOpenItem(forget: () => void): (card: KnowledgeCard) => void {
  const navigate = useNavigate()
  return ({ id }) => {
    forget()
    void navigate({ to: paths.knowledgeItem(String(id)) })
  }
}

function Editor(props: {
  form: KnowledgeForm
  setForm: (form: KnowledgeForm) => void
  saving: { isPending: boolean; isError: boolean; error: unknown }
  save: (form: KnowledgeForm) => void
}) {
  const { form, setForm, saving, save } = props
  const problem = contentProblem(whole(form))
  const whyNot = problem
    ? contentProblemText(problem)
    : isMarked(form)
      ? t('First put right what is marked.')
      : undefined
  return (
    <div className={css.fields}>
      <KnowledgeFields form={form} change={(part) => setForm({ ...form, ...part })} />
      <Surface>
        {saving.isError && <p role="alert">{problemText(saving.error)}</p>}
        <ActionButton
          label={t('Save as a draft')}
          isBusy={saving.isPending}
          whyDisabled={whyNot}
          onPress={() => save(whole(form))}
        />
      </Surface>
    </div>
  )
}
