/**
 * The guided script that agents follow in a call. It is read with every call and
 * changes rarely, so the published version is kept in memory.
 */
import type { Kysely } from 'kysely'
import type { ScriptVersion } from '#contract/scripts.ts'
import { assert } from '#core/lib/assert.ts'
import { checkScript } from '#core/scripts/check-script.ts'
import { DEMO_SCRIPT } from '#core/scripts/demo-script.ts'
import type { Database } from '../database/schema.ts'
import { insertVersion, newestVersion, type Version } from './store.ts'

/** The one script so far. */
const CALL_SCRIPT = 'call'

export type ScriptService = Awaited<ReturnType<typeof scriptService>>

/** A copy that has none begins with the demo's, also one from before there were scripts. */
export async function scriptService(db: Kysely<Database>) {
  const first = { key: CALL_SCRIPT, version: 1, body: DEMO_SCRIPT }
  let published = await newestVersion(db, CALL_SCRIPT)
  if (!published) {
    mustBeWhole(first)
    await insertVersion(db, first)
    published = (await newestVersion(db, CALL_SCRIPT)) ?? first
  }
  const now = published
  return { published: (): ScriptVersion => now }
}

function mustBeWhole({ key, version, body }: Version): void {
  const [problem] = checkScript(body)
  assert(!problem, `script ${key} ${version}, step ${problem?.step}: ${problem?.message}`)
}
