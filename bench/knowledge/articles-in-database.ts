/** The made-up articles in a database, published, and the plainest way to find one of them. */
import { type Kysely, sql } from 'kysely'
import type { KnowledgeKind } from '#core/knowledge/knowledge-content.ts'
import type { Database } from '../../server/database/schema.ts'
import type { Article } from './articles.ts'

/** What one would write first: every word anywhere in the text. */
export async function everyWordAnywhere(db: Kysely<Database>, search: string): Promise<number[]> {
  const has = search.split(' ').map((word) => sql<boolean>`content::text ilike ${`%${word}%`}`)
  const { rows } = await sql<{ item: number }>`select item, content from knowledge_versions
    where status = 'published' and ${sql.join(has, sql` and `)} order by item limit 50`.execute(db)
  return rows.map(({ item }) => item)
}

/** Behind whatever is there already, in their order. */
export async function insertArticles(
  db: Kysely<Database>,
  written: readonly Article[],
  kind: KnowledgeKind = 'article',
): Promise<void> {
  await sql`with items as (
      insert into knowledge_items (kind) select ${kind} from generate_series(1, ${written.length}::int) returning id),
    placed as (select id, row_number() over (order by id) as place from items)
    insert into knowledge_versions (item, version, status, content, published_at)
    select placed.id, 1, 'published', content, now()
    from unnest(${written.map((article) => JSON.stringify(article))}::jsonb[]) with ordinality as made (content, place)
    join placed using (place)`.execute(db)
}
