/** A course while it is written: what is filled in, the version it began from, and the titles of its articles. */
import type { CourseCard, CourseForm, CourseItem } from '#contract/learning.ts'
import { checkCourse } from '#core/learning/check-course.ts'
import type { KnowledgeItemId } from '#core/lib/ids.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'

export type CourseDraft = { form: CourseForm; basedOn: number; items: CourseItem[] }

const nothing = () => ({ uz: '', ru: '' })

export type Question = CourseForm['questions'][number]

export function newQuestion(): Question {
  const option = (isRight: boolean) => ({ text: nothing(), isRight })
  return { text: nothing(), options: [option(false), option(false)], explanation: nothing() }
}

export function newCourse(): CourseDraft {
  const form = {
    names: nothing(),
    items: [],
    questions: [newQuestion()],
    passPercent: 80,
    validMonths: 12,
    triesMax: 3,
  }
  return { form, basedOn: 0, items: [] }
}

export function draftOf(card: CourseCard): CourseDraft {
  const [newest] = card.versions
  if (!newest) return newCourse()
  return { form: newest.form, basedOn: newest.version, items: card.items }
}

export function problemsOf({ form, items }: CourseDraft): SettingProblem[] {
  const published = items.filter(({ version }) => version !== null).map(({ item }) => item)
  return checkCourse(form, { published: new Set<KnowledgeItemId>(published) })
}

/** The same list with one place changed, removed, or moved up. */
export const changedAt = <Row>(rows: readonly Row[], place: number, row: Row): Row[] => rows.with(place, row)
export const withoutAt = <Row>(rows: readonly Row[], place: number): Row[] => rows.toSpliced(place, 1)
export function raisedAt<Row>(rows: readonly Row[], place: number): Row[] {
  const row = rows[place]
  return row === undefined || place === 0 ? [...rows] : rows.toSpliced(place, 1).toSpliced(place - 1, 0, row)
}
