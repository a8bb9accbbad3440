/** What an agent ticked of his script, as it is read on a call's card: in the version that he had before him. */
import type { Kysely } from 'kysely'
import type { ScriptDone, ScriptRead } from '#contract/scripts.ts'
import type { Script } from '#core/scripts/script.ts'
import { asidesOf, wayThrough } from '#core/scripts/script-way.ts'
import type { Database } from '../database/schema.ts'

export async function readScripts(
  db: Kysely<Database>,
  ticked: readonly (ScriptDone | null)[],
): Promise<(ScriptRead | null)[]> {
  const known = new Map<string, Script | undefined>()
  for (const one of ticked) {
    if (one && !known.has(nameOf(one))) known.set(nameOf(one), await findScript(db, one))
  }
  return ticked.map((one) => {
    const script = one && known.get(nameOf(one))
    return script ? asRead(script, one) : null
  })
}

const nameOf = ({ key, version }: ScriptDone) => `${key} ${version}`

async function findScript(db: Kysely<Database>, { key, version }: ScriptDone): Promise<Script | undefined> {
  const row = await db
    .selectFrom('scripts')
    .select('body')
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.body as Script | undefined
}

/** With the steps of the way that were left out; of what may happen at any moment, only what did. */
function asRead(script: Script, { version, done }: ScriptDone): ScriptRead {
  const way = [...wayThrough(script, done), ...asidesOf(script, done).filter(({ isDone }) => isDone)]
  const steps = way.map(({ step, isDone, branch, at = null }) => ({
    title: step.title,
    isDone,
    branch: branch?.label ?? null,
    at,
  }))
  return { names: script.names, version, steps }
}
