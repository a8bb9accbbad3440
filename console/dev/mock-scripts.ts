/** The guided script of the make-believe server in versions, checked by the very rules of the real one. */
import { z } from 'zod'
import { PublishScript, SaveScript, ScriptCard, ScriptRow, ScriptVersion } from '#contract/scripts.ts'
import { checkScript } from '#core/scripts/check-script.ts'
import { DEMO_SCRIPT } from '#core/scripts/demo-script.ts'
import { Refused } from './mock-refused.ts'

const SAVED_AT = 1_790_000_000_000
const DRAFT = 0

export type MockScripts = ReturnType<typeof mockScripts>
type Asked = { world: { scripts: MockScripts }; me: { name: string }; path: string[]; body: unknown }

/** The draft first, then the newest. */
export function mockScripts() {
  return { rows: [published(1, DEMO_SCRIPT, { at: SAVED_AT, by: null, restored: null })] }
}

function published(
  version: number,
  body: ScriptCard['body'],
  { at, by, restored }: { at: number; by: string | null; restored: number | null },
): ScriptCard {
  const steps = body.steps.length
  return {
    version,
    body,
    steps,
    savedAt: at,
    savedByName: by,
    publishedAt: at,
    publishedByName: by,
    restored,
  }
}

export const SCRIPTS: Record<string, (asked: Asked) => unknown> = {
  'GET /script': ({ world }) => {
    const newest = world.scripts.rows.find(({ version }) => version !== DRAFT)
    return ScriptVersion.parse({ key: 'call', version: newest?.version, body: newest?.body })
  },
  'GET /script/versions': ({ world }) => rowsOf(world.scripts),
  'GET /script/versions/:version': ({ world, path }) =>
    ScriptCard.parse(found(world.scripts, Number(path[2]))),
  'PUT /script/draft': ({ world, me, body: sent }) => {
    const { basedOn, body } = SaveScript.parse(sent)
    const draft = world.scripts.rows.find(({ version }) => version === DRAFT)
    if ((draft?.savedAt ?? null) !== basedOn) throw new Refused('changedMeanwhile')
    const savedAt = Math.max(Date.now(), (draft?.savedAt ?? 0) + 1)
    const made: ScriptCard = {
      ...published(DRAFT, body, { at: savedAt, by: me.name, restored: null }),
      publishedAt: null,
      publishedByName: null,
    }
    world.scripts.rows = [made, ...world.scripts.rows.filter((row) => row !== draft)]
    return ScriptCard.parse(made)
  },
  'DELETE /script/draft': ({ world }) => {
    world.scripts.rows = world.scripts.rows.filter(({ version }) => version !== DRAFT)
    return rowsOf(world.scripts)
  },
  'POST /script/draft/publish': ({ world, me, body }) => {
    const draft = found(world.scripts, DRAFT)
    if (draft.savedAt !== PublishScript.parse(body).basedOn) throw new Refused('changedMeanwhile')
    world.scripts.rows = world.scripts.rows.filter((row) => row !== draft)
    return publish(world.scripts, draft.body, { by: me.name, restored: null })
  },
  'POST /script/versions/:version/restore': ({ world, me, path }) => {
    const restored = Number(path[2])
    return publish(world.scripts, found(world.scripts, restored).body, { by: me.name, restored })
  },
}

function publish(
  scripts: MockScripts,
  body: ScriptCard['body'],
  how: { by: string; restored: number | null },
): ScriptRow[] {
  const problems = checkScript(body)
  if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
  const version = Math.max(...scripts.rows.map((row) => row.version)) + 1
  const drafts = scripts.rows.filter((row) => row.version === DRAFT)
  const others = scripts.rows.filter((row) => row.version !== DRAFT)
  scripts.rows = [...drafts, published(version, body, { at: Date.now(), ...how }), ...others]
  return rowsOf(scripts)
}

function found({ rows }: MockScripts, version: number): ScriptCard {
  const row = rows.find((one) => one.version === version)
  if (!row) throw new Refused('notFound')
  return row
}

function rowsOf({ rows }: MockScripts): ScriptRow[] {
  return z.array(ScriptRow).parse(rows)
}
