/** Which appeals the telephone that they name follows, as a condition; the rule is core/portal/following.ts. */
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { FOLLOWED_BY_TELEPHONE } from '#core/portal/following.ts'

const PAIRS = FOLLOWED_BY_TELEPHONE.map(({ medium, track }) => sql`(${sql.lit(track)}, ${sql.lit(medium)})`)

export const FOLLOWED_APPEAL: RawBuilder<SqlBool> = sql`(appeals.telephone is not null
  and (appeals.track, appeals.medium) in (${sql.join(PAIRS)}))`
