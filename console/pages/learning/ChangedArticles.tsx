import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CourseCard } from '#contract/learning.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import css from './learning.module.css'

/** Articles that have changed since the course was saved; saving it again says that it was looked at. */
export function ChangedArticles({ card }: { card: CourseCard }) {
  if (card.changed.length === 0) return null
  const nameOf = (id: number) => {
    const about = card.items.find(({ item }) => item === id)
    return (about && inMyLanguage(about.titles)) || String(id)
  }
  return (
    <Alert title={t('Articles have changed since: look at the questions, and publish again.')}>
      <ul className={css.answers}>
        {card.changed.map(({ item, now, version }) => (
          <li key={item}>
            <Link to={paths.knowledgeItem(String(item))} target="_blank">
              <bdi>{nameOf(item)}</bdi>
            </Link>
            {': '}
            {now === null
              ? t('published no more')
              : t('version {{version}} then, {{now}} now', { version, now })}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
