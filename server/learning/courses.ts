/**
 * Courses as those who write them see and change them. What must hold: a version that was saved is never written over,
 * a course with a fault is not saved, and no queue is left with a course that nobody can take.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type {
  AddCourse,
  CourseCard,
  CourseForm,
  CourseItem,
  CourseRow,
  SaveCourse,
} from '#contract/learning.ts'
import { type KnowledgeContent, writtenIn } from '#core/knowledge/knowledge-content.ts'
import { checkCourse } from '#core/learning/check-course.ts'
import { changedItems, type CourseBody, type ItemVersion, type Wording } from '#core/learning/course.ts'
import type { CourseId, KnowledgeItemId, StaffId } from '#core/lib/ids.ts'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import { asPlainText, asStorableText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { LearningEvent } from './events.ts'
import type { Articles, ItemNow, RequiringQueue } from './ports.ts'
import {
  countCourses,
  COURSES_MAX,
  findCourse,
  insertCourse,
  insertCourseVersion,
  listNewest,
  listPublished,
  listVersions,
  lockCourses,
  setRetired,
} from './store.ts'

/** Longer than a name may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 400

export type CourseDeps = {
  db: Kysely<Database>
  log: Logger
  now: () => Instant
  articles: Articles
  queues(): Promise<readonly RequiringQueue[]>
  /** What agents may be asked for may be another thing now. */
  changed(): Promise<void>
}

export function courseService(deps: CourseDeps) {
  const { db, log, queues, changed } = deps
  const card = (course: CourseId) => readCard(deps, course)

  return {
    card,

    list: () => listRows(deps),

    async add({ form, published }: AddCourse, by: StaffId): Promise<CourseCard> {
      const course = await db.transaction().execute(async (trx) => {
        await lockCourses(trx)
        if ((await countCourses(trx)) >= COURSES_MAX)
          throw new Refusal('tooLarge', `There are ${COURSES_MAX} courses already`)
        const added = await insertCourse(trx)
        await putVersion(deps, trx, { course: added, version: 1, form, published, againBy: null, by })
        return added
      })
      log.info({ course, version: 1, published, by }, 'course saved')
      await changed()
      return await card(course)
    },

    async save(course: CourseId, { form, basedOn, ...how }: SaveCourse, by: StaffId): Promise<CourseCard> {
      if (how.againBy !== null && how.againBy < tashkentDay(deps.now()))
        throw new Refusal('badInput', 'againBy: the day has passed')
      await db.transaction().execute(async (trx) => {
        await lockCourses(trx)
        const [newest] = await listVersions(trx, course)
        if (!newest) throw new Refusal('notFound', `No course ${course}`)
        if (newest.version !== basedOn)
          throw new Refusal('changedMeanwhile', `Course ${course} has version ${newest.version} now`)
        await putVersion(deps, trx, { course, version: basedOn + 1, form, by, ...how })
      })
      log.info({ course, version: basedOn + 1, published: how.published, by }, 'course saved')
      await changed()
      return await card(course)
    },

    /** A queue that requires it would be left with calls that are offered to nobody. */
    async retire(course: CourseId, by: StaffId): Promise<CourseCard> {
      const needed = requiring(await queues(), course)
      if (needed.length > 0) throw new Refusal('wrongStatus', `${needed.length} queues require it`)
      await setInUse(deps, { course, isRetired: true, by })
      return await card(course)
    },

    async reopen(course: CourseId, by: StaffId): Promise<CourseCard> {
      await setInUse(deps, { course, isRetired: false, by })
      return await card(course)
    },
  }
}

async function readCard({ db, articles, queues }: CourseDeps, course: CourseId): Promise<CourseCard> {
  const known = await findCourse(db, course)
  const versions = known ? await listVersions(db, course) : []
  const newest = versions[0]
  if (!known || !newest) throw new Refusal('notFound', `No course ${course}`)
  const items = await articles.now(newest.body.items)
  return {
    course,
    retired: known.retired_at !== null,
    versions: versions.map((row) => ({
      version: row.version,
      published: row.published,
      againBy: row.again_by,
      savedAt: row.saved_at.getTime(),
      savedByName: row.saved_by_name,
      form: formOf(row.body),
    })),
    queues: requiring(await queues(), course),
    items: newest.body.items.map((item) => itemOf(item, items.get(item))),
    changed: changedItems(newest.written_for, publishedOf(items)),
  }
}

type Saving = Omit<SaveCourse, 'basedOn'> & { course: CourseId; version: number; by: StaffId }

async function putVersion(
  { articles, now }: CourseDeps,
  trx: Transaction<Database>,
  { by, course, form, published, version, ...how }: Saving,
): Promise<void> {
  const items = await articles.now(form.items)
  const body = stored(form)
  const problems = checkCourse(body, { published: new Set(publishedOf(items).keys()) })
  if (problems.length > 0) throw new SettingsHaveProblems(problems)
  const againBy = published ? how.againBy : null
  const writtenFor = writtenForOf(body, items)
  const saved = { by, at: new Date(now()) }
  await insertCourseVersion(trx, { course, version, body, writtenFor, published, againBy, ...saved })
  const renewed = againBy ? { againBy } : {}
  await record<LearningEvent>(trx, { type: 'courseSaved', course, version, published, ...renewed, by })
}

async function setInUse(
  { db, log, now, changed }: CourseDeps,
  { course, isRetired, by }: { course: CourseId; isRetired: boolean; by: StaffId },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockCourses(trx)
    const known = await findCourse(trx, course)
    if (!known) throw new Refusal('notFound', `No course ${course}`)
    if ((known.retired_at !== null) === isRetired)
      throw new Refusal('wrongStatus', `Course ${course} is so already`)
    await setRetired(trx, course, isRetired ? new Date(now()) : null)
    await record<LearningEvent>(trx, { type: isRetired ? 'courseRetired' : 'courseReopened', course, by })
  })
  log.info({ course, by }, isRetired ? 'course retired' : 'course taken into use again')
  await changed()
}

async function listRows({ db, articles, queues }: CourseDeps): Promise<CourseRow[]> {
  const [newest, published, all] = [await listNewest(db), await listPublished(db), await queues()]
  const items = await articles.now([...new Set(newest.flatMap(({ body }) => body.items))])
  return newest.map((row) => ({
    course: row.course,
    names: row.body.names,
    version: row.version,
    publishedVersion: published.find(({ course }) => course === row.course)?.version ?? null,
    retired: row.retired_at !== null,
    questions: row.body.questions.length,
    savedAt: row.saved_at.getTime(),
    savedByName: row.saved_by_name,
    changedItems: changedItems(row.written_for, publishedOf(items)).length,
    queues: requiring(all, row.course),
  }))
}

function requiring(queues: readonly RequiringQueue[], course: CourseId) {
  return queues
    .filter(({ courses }) => courses.includes(course))
    .map(({ queue, names }) => ({ queue, names }))
}

type ItemsNow = ReadonlyMap<KnowledgeItemId, ItemNow>

function publishedOf(items: ItemsNow): Map<KnowledgeItemId, number> {
  return new Map([...items].flatMap(([item, { version }]) => (version === null ? [] : [[item, version]])))
}

function writtenForOf({ items }: CourseBody, now: ItemsNow): ItemVersion[] {
  const published = publishedOf(now)
  return items.flatMap((item) => {
    const version = published.get(item)
    return version === undefined ? [] : [{ item, version }]
  })
}

function itemOf(item: KnowledgeItemId, now: ItemNow | undefined): CourseItem {
  return {
    item,
    version: now?.version ?? null,
    kind: now?.kind ?? 'article',
    titles: titlesOf(now?.content ?? {}),
  }
}

function titlesOf(content: KnowledgeContent): Wording {
  const title = (language: 'uz' | 'ru') => writtenIn(content, language)?.title ?? ''
  return { uz: title('uz'), ru: title('ru') }
}

/** As it is stored: a name is one line, everything else stays as it was written. */
function stored({ names, questions, ...form }: CourseForm): CourseBody {
  const plain = (text: string) => asPlainText(text, CLEANED_CHARACTERS).text.trim()
  const kept = ({ uz, ru }: Wording) => ({ uz: asStorableText(uz).trim(), ru: asStorableText(ru).trim() })
  return {
    ...form,
    names: { uz: plain(names.uz), ru: plain(names.ru) },
    questions: questions.map(({ text, options, explanation }) => ({
      text: kept(text),
      options: options.map((option) => ({ ...option, text: kept(option.text) })),
      explanation: kept(explanation),
    })),
  }
}

function formOf(body: CourseBody): CourseForm {
  return {
    ...body,
    items: [...body.items],
    questions: body.questions.map((question) => ({ ...question, options: [...question.options] })),
  }
}
