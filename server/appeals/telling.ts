/** Open cards and lists hear that an appeal changed: only those whose reader may see it, by the track it is in now. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { LiveMessage } from '#contract/live.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Deps = {
  db: Kysely<Database>
  log: Logger
  /** To all who may see appeals of the track. */
  tell(track: AppealTrack, message: LiveMessage): void
}

/** For after the commit. Whoever is not told sees it when he looks again, so nothing fails for it. */
export function tellOfChange({ db, log, tell }: Deps) {
  return (appeal: AppealId): void => {
    findTrack(db, appeal).then(
      (track) => track && tell(track, { type: 'appealChanged', appeal }),
      (error: unknown) =>
        log.warn({ appeal, error: String(error) }, 'nobody was told that an appeal changed'),
    )
  }
}

async function findTrack(db: Kysely<Database>, appeal: AppealId): Promise<AppealTrack | undefined> {
  return (await db.selectFrom('appeals').select('track').where('id', '=', appeal).executeTakeFirst())?.track
}
