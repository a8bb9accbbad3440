/**
 * The guided script that agents follow in a call. It is read with every call and changes rarely, so the published
 * version is kept in memory. A draft may have faults, for its author to see; what is published has none. A call that
 * goes on keeps the version it began with, and its ticks name it.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { SaveScript, ScriptCard, ScriptRow, ScriptVersion } from '#contract/scripts.ts'
import { assert } from '#core/lib/assert.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import { checkScript } from '#core/scripts/check-script.ts'
import { DEMO_SCRIPT } from '#core/scripts/demo-script.ts'
import type { Script, ScriptStep } from '#core/scripts/script.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { ScriptEvent } from './events.ts'
import {
  deleteDraft,
  DRAFT,
  findVersion,
  insertPublished,
  insertVersion,
  listVersions,
  lockScripts,
  newestVersion,
  putDraft,
  type Version,
} from './store.ts'

/** The one script so far. */
const CALL_SCRIPT = 'call'

type Trx = Transaction<Database>
export type ScriptDeps = { db: Kysely<Database>; log: Logger; now?: () => number }
export type ScriptService = Awaited<ReturnType<typeof scriptService>>

/** A copy that has none begins with the demo's, also one from before there were scripts. */
export async function scriptService(deps: ScriptDeps) {
  const { db, log } = deps
  const first = { key: CALL_SCRIPT, version: 1, body: DEMO_SCRIPT }
  if (!(await newestVersion(db, CALL_SCRIPT))) {
    mustBeWhole(first)
    await insertVersion(db, first)
  }
  let published = (await newestVersion(db, CALL_SCRIPT)) ?? first

  async function takeEffect(version: number, by: StaffId): Promise<ScriptRow[]> {
    published = (await newestVersion(db, CALL_SCRIPT)) ?? published
    log.info({ script: CALL_SCRIPT, version, by }, 'a script was published')
    return await rows(db)
  }

  return {
    published: (): ScriptVersion => published,
    versions: () => rows(db),

    async version(version: number): Promise<ScriptCard> {
      const found = await findVersion(db, CALL_SCRIPT, version)
      if (!found) throw new Refusal('notFound', `No version ${version} of the script`)
      return found
    },

    ...drafting(deps),

    /** `basedOn`: when the draft was saved that its publisher has seen. */
    async publish(basedOn: number, by: StaffId): Promise<ScriptRow[]> {
      const version = await changing(db, async (trx) => {
        const draft = await findVersion(trx, CALL_SCRIPT, DRAFT)
        if (!draft) throw new Refusal('notFound', 'There is no draft of the script')
        if (draft.savedAt !== basedOn) throw new Refusal('changedMeanwhile', 'The draft was saved anew')
        const done = await putPublished(deps, trx, { body: draft.body, by, restored: null })
        await deleteDraft(trx, CALL_SCRIPT)
        return done
      })
      return await takeEffect(version, by)
    },

    /** The way back from a mistake: an older version as the newest one. A draft stays as it is. */
    async restore(restored: number, by: StaffId): Promise<ScriptRow[]> {
      const version = await changing(db, async (trx) => {
        const older = restored === DRAFT ? undefined : await findVersion(trx, CALL_SCRIPT, restored)
        if (!older) throw new Refusal('notFound', `No version ${restored} of the script was published`)
        return await putPublished(deps, trx, { body: older.body, by, restored })
      })
      return await takeEffect(version, by)
    },
  }
}

function drafting({ db, log, now = Date.now }: ScriptDeps) {
  return {
    async saveDraft({ basedOn, body: asked }: SaveScript, by: StaffId): Promise<ScriptCard> {
      const body = storable(asked)
      await changing(db, async (trx) => {
        const draft = await findVersion(trx, CALL_SCRIPT, DRAFT)
        if ((draft?.savedAt ?? null) !== basedOn)
          throw new Refusal('changedMeanwhile', 'Somebody else has saved a draft')
        // Later than the one before it even in the same millisecond: it is told by its moment.
        const at = new Date(Math.max(now(), (draft?.savedAt ?? 0) + 1))
        await putDraft(trx, { key: CALL_SCRIPT, body, by, at })
        await record<ScriptEvent>(trx, {
          type: 'scriptSaved',
          script: CALL_SCRIPT,
          steps: body.steps.length,
          by,
        })
      })
      log.info({ script: CALL_SCRIPT, by }, 'a draft of the script was saved')
      const saved = await findVersion(db, CALL_SCRIPT, DRAFT)
      if (!saved) throw new Refusal('changedMeanwhile', 'Somebody else has thrown the draft away')
      return saved
    },

    async discardDraft(by: StaffId): Promise<ScriptRow[]> {
      await changing(db, async (trx) => {
        if (!(await findVersion(trx, CALL_SCRIPT, DRAFT)))
          throw new Refusal('notFound', 'There is no draft of the script')
        await deleteDraft(trx, CALL_SCRIPT)
        await record<ScriptEvent>(trx, { type: 'scriptDraftDiscarded', script: CALL_SCRIPT, by })
      })
      return await rows(db)
    },
  }
}

async function changing<Done>(db: Kysely<Database>, change: (trx: Trx) => Promise<Done>): Promise<Done> {
  return await db.transaction().execute(async (trx) => {
    await lockScripts(trx)
    return await change(trx)
  })
}

async function putPublished(
  { now = Date.now }: ScriptDeps,
  trx: Trx,
  { body, by, restored }: { body: Script; by: StaffId; restored: number | null },
): Promise<number> {
  const problems = checkScript(body)
  if (problems.length > 0) throw new SettingsHaveProblems(problems)
  const version = ((await newestVersion(trx, CALL_SCRIPT))?.version ?? 0) + 1
  const at = new Date(now())
  const who = { savedAt: at, savedBy: by, publishedAt: at, publishedBy: by }
  await insertPublished(trx, { key: CALL_SCRIPT, version, body, restored, ...who })
  const why = restored === null ? {} : { restored }
  await record<ScriptEvent>(trx, { type: 'scriptPublished', script: CALL_SCRIPT, version, ...why, by })
  return version
}

async function rows(db: Kysely<Database>): Promise<ScriptRow[]> {
  return (await listVersions(db, CALL_SCRIPT)).map(({ body: _body, ...row }) => row)
}

/** The words stay as they were written, but for what the database cannot keep. */
function storable(script: Script): Script {
  const kept = ({ uz, ru }: Texts): Texts => ({ uz: asStorableText(uz), ru: asStorableText(ru) })
  const step = ({ branches, toDo, ...others }: ScriptStep): ScriptStep => ({
    ...others,
    title: kept(others.title),
    say: others.say.map(kept),
    ...(toDo && { toDo: kept(toDo) }),
    ...(branches && { branches: branches.map((branch) => ({ ...branch, label: kept(branch.label) })) }),
  })
  return {
    ...script,
    names: kept(script.names),
    steps: script.steps.map(step),
    asides: script.asides.map(step),
    rules: script.rules.map(kept),
  }
}

function mustBeWhole({ key, version, body }: Version): void {
  const [problem] = checkScript(body)
  assert(!problem, `script ${key} ${version}: ${problem?.message}`)
}
