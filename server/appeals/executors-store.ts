/** Who may be named to carry appeals out: those of the staff who work on them, and the people and units named before. */
import { type Kysely, sql } from 'kysely'
import { EXECUTORS_MAX } from '#core/appeals/move-fields.ts'
import { may, ROLES } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'

const EXECUTING_ROLES = ROLES.filter(
  (role) => may(role, 'classifyAppeals') || may(role, 'answerAppeals') || may(role, 'approveConclusions'),
)
const NAMES_MAX = 500
/** Back to which a name is remembered. */
const ASSIGNMENTS_MAX = 500

/** By name, each once. */
export async function listExecutors(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from staff_members where active and role = any(${EXECUTING_ROLES})
    union
    select named.name from (
      select details from appeal_steps where action = 'assign' order by id desc limit ${ASSIGNMENTS_MAX}
    ) as assigned, jsonb_array_elements_text(assigned.details -> 'executors') with ordinality as named (name, place)
    where named.place <= ${EXECUTORS_MAX}
    order by name limit ${NAMES_MAX}`.execute(db)
  return rows.map(({ name }) => name)
}
