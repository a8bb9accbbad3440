import { Select } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { KnowledgeCard, KnowledgeForm } from '#contract/knowledge.ts'
import { contentProblem, KNOWLEDGE_KINDS, type KnowledgeKind } from '#core/knowledge/knowledge-content.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useAddKnowledge, useKnowledgeItem, useSaveKnowledge } from '../../knowledge-api.ts'
import { contentProblemText, knowledgeKindText } from '../../knowledge-words.ts'
import { paths } from '../../paths.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './knowledge.module.css'
import { emptyForm, formOf, whole } from './knowledge-form.ts'
import { KnowledgeFields } from './KnowledgeFields.tsx'

/** The next version of an item. It begins as the newest one, and is a draft until it is approved and published. */
export function EditKnowledgePage({ id }: { id: string }) {
  return <Asked query={useKnowledgeItem(id)}>{(card) => <NextVersion card={card} />}</Asked>
}

function NextVersion({ card }: { card: KnowledgeCard }) {
  // What it began from stays what it began from, whatever others save meanwhile: the server then refuses, and says so.
  const [newest] = useState(card.versions[0])
  const [form, setForm] = useState(newest ? formOf(newest) : emptyForm())
  const save = useSaveKnowledge(card.id)
  const open = useOpenItem()
  return (
    <Page
      title={t('Version {{version}}', { version: (newest?.version ?? 0) + 1 })}
      aside={<Link to={paths.knowledgeItem(String(card.id))}>{t('Back without saving')}</Link>}
    >
      <Editor
        form={form}
        setForm={setForm}
        saving={save}
        save={(whole) => save.mutate({ basedOn: newest?.version ?? 0, form: whole }, { onSuccess: open })}
      />
    </Page>
  )
}

export function NewKnowledgePage() {
  const [kind, setKind] = useState<KnowledgeKind>('faq')
  const [form, setForm] = useState(emptyForm())
  const add = useAddKnowledge()
  const open = useOpenItem()
  return (
    <Page title={t('Write a new one')} aside={<Link to={paths.knowledge()}>{t('Back without saving')}</Link>}>
      <Select
        label={t('Kind')}
        data={KNOWLEDGE_KINDS.map((value) => ({ value, label: knowledgeKindText(value) }))}
        value={kind}
        onChange={(chosen) => setKind((chosen ?? kind) as KnowledgeKind)}
        allowDeselect={false}
        w={280}
        mb="md"
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <Editor
        form={form}
        setForm={setForm}
        saving={add}
        save={(whole) => add.mutate({ kind, form: whole }, { onSuccess: open })}
      />
    </Page>
  )
}

function useOpenItem(): (card: KnowledgeCard) => void {
  const navigate = useNavigate()
  return ({ id }) => void navigate({ to: paths.knowledgeItem(String(id)) })
}

function Editor(props: {
  form: KnowledgeForm
  setForm: (form: KnowledgeForm) => void
  saving: { isPending: boolean; isError: boolean; error: unknown }
  save: (form: KnowledgeForm) => void
}) {
  const { form, setForm, saving, save } = props
  const problem = contentProblem(whole(form))
  return (
    <div className={css.fields}>
      <KnowledgeFields form={form} change={(part) => setForm({ ...form, ...part })} />
      <Surface>
        {saving.isError && <p role="alert">{problemText(saving.error)}</p>}
        <ActionButton
          label={t('Save as a draft')}
          isBusy={saving.isPending}
          whyDisabled={problem && contentProblemText(problem)}
          onPress={() => save(whole(form))}
        />
      </Surface>
    </div>
  )
}
