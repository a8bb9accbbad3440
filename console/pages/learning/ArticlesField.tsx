import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '#contract/knowledge.ts'
import type { CourseItem } from '#contract/learning.ts'
import { writtenIn } from '#core/knowledge/knowledge-content.ts'
import type { KnowledgeItemId } from '#core/lib/ids.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { useAnswers } from '../../knowledge-api.ts'
import { RemoveButton, UpButton } from '../../ListButtons.tsx'
import { paths } from '../../paths.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { RowProblems } from '../settings/RowProblems.tsx'
import { type CourseDraft, raisedAt, withoutAt } from './course-draft.ts'
import css from './learning.module.css'

const FOUND_SHOWN_MAX = 8

/** The articles, in the order in which they are read. */
export function ArticlesField(props: {
  draft: CourseDraft
  problems: readonly SettingProblem[]
  change: (part: Partial<CourseDraft>) => void
}) {
  const { change, draft, problems } = props
  const { form, items } = draft
  const put = (order: KnowledgeItemId[], known = items) =>
    change({ form: { ...form, items: order }, items: known })
  return (
    <Surface title={t('Articles, in the order in which they are read')}>
      {form.items.length > 0 && (
        <ol className={css.list} aria-label={t('Articles of the course')}>
          {form.items.map((item, place) => (
            <ArticleRow
              key={item}
              about={items.find((one) => one.item === item)}
              id={item}
              raise={place === 0 ? undefined : () => put(raisedAt(form.items, place))}
              remove={() => put(withoutAt(form.items, place))}
            />
          ))}
        </ol>
      )}
      <RowProblems problems={problems.filter(({ row, field }) => row === '*' && field === 'items')} />
      <AddArticle chosen={form.items} add={(added) => put([...form.items, added.item], [...items, added])} />
    </Surface>
  )
}

function ArticleRow(props: {
  id: number
  about: CourseItem | undefined
  raise: (() => void) | undefined
  remove: () => void
}) {
  const { about, id, raise, remove } = props
  const name = (about && inMyLanguage(about.titles)) || String(id)
  return (
    <li className={css.item}>
      <Link className={css.itemName} to={paths.knowledgeItem(String(id))} target="_blank">
        <bdi>{name}</bdi>
      </Link>
      {about?.version === null && <Tone tone="bad">{t('published no more')}</Tone>}
      <UpButton size="compact-xs" label={t('Move {{name}} up', { name })} raise={raise} />
      <RemoveButton size="compact-xs" label={t('Remove {{name}}', { name })} remove={remove} />
    </li>
  )
}

function AddArticle({ chosen, add }: { chosen: readonly number[]; add: (item: CourseItem) => void }) {
  const [search, setSearch] = useState('')
  const found = useAnswers({ topic: undefined, search }).data?.answers ?? []
  const shown = search === '' ? [] : found.filter(({ id }) => !chosen.includes(id)).slice(0, FOUND_SHOWN_MAX)
  return (
    <>
      <SearchField label={t('Find an article to add')} value={search} search={setSearch} />
      <div role="status">
        {search !== '' && shown.length === 0 && <p className={css.quiet}>{t('Nothing found')}</p>}
      </div>
      <ul className={css.list} style={{ marginTop: '0.5rem' }}>
        {shown.map((answer) => {
          const item = itemOf(answer)
          const name = inMyLanguage(item.titles)
          return (
            <li key={answer.id} className={css.item}>
              <bdi className={css.itemName}>{name}</bdi>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('Add {{name}}', { name })}
                onClick={() => add(item)}
              >
                {t('Add')}
              </Button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

function itemOf({ id, kind, version, content }: Answer): CourseItem {
  const title = (language: 'uz' | 'ru') => writtenIn(content, language)?.title ?? ''
  return { item: id as KnowledgeItemId, version, kind, titles: { uz: title('uz'), ru: title('ru') } }
}
