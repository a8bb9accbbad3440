import { Alert } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CourseCard } from '#contract/learning.ts'
import { isDay } from '#core/lib/time.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { useCourse, useCourseCommand } from '../../learning-api.ts'
import { Overtaken } from '../../Overtaken.tsx'
import { paths } from '../../paths.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { RowProblems } from '../settings/RowProblems.tsx'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'
import { ArticlesField } from './ArticlesField.tsx'
import { ChangedArticles } from './ChangedArticles.tsx'
import { type CourseDraft, draftOf, newCourse, problemsOf } from './course-draft.ts'
import { CourseFields } from './CourseFields.tsx'
import { CourseVersions } from './CourseVersions.tsx'
import css from './learning.module.css'
import { QuestionsField } from './QuestionsField.tsx'
import { RenewField } from './RenewField.tsx'

/** A new course. */
export function NewCoursePage() {
  return <Editor card={undefined} />
}

/** A course as it is written: its articles, its questions, what it takes to pass; and its versions. */
export function CoursePage({ id }: { id: string }) {
  return <Asked query={useCourse(id)}>{(card) => <Editor card={card} />}</Asked>
}

function Editor({ card }: { card: CourseCard | undefined }) {
  const name = `course.${card?.course ?? 'new'}`
  const saved = card ? draftOf(card) : newCourse()
  const { typed, change: keep, forget } = useTypedDraft(name, saved)
  const [againBy, setAgainBy] = useState<string | null>(null)
  const command = useCourseCommand()
  const navigate = useNavigate()
  const problems = problemsOf(typed)
  const change = (part: Partial<CourseDraft>) => keep({ ...typed, ...part })
  const done = (next: CourseCard) => {
    forget()
    setAgainBy(null)
    if (!card) void navigate({ to: paths.course(String(next.course)) })
  }
  const renewBy = againBy !== null && isDay(againBy) ? againBy : null
  const save = (published: boolean) => {
    const { basedOn, form } = typed
    if (card)
      command.mutate(
        { do: 'save', course: card.course, form, published, basedOn, againBy: published ? renewBy : null },
        { onSuccess: done },
      )
    else command.mutate({ do: 'add', form, published }, { onSuccess: done })
  }
  const isOld = typed.basedOn !== saved.basedOn
  const whyNot = whyNotSaved({ problems: problems.length, isOld })
  const isSame = JSON.stringify(typed.form) === JSON.stringify(saved.form)
  const fields = {
    form: typed.form,
    problems,
    change: (form: Partial<CourseDraft['form']>) => change({ form: { ...typed.form, ...form } }),
  }
  return (
    <Page
      title={card ? inMyLanguage(typed.form.names) || t('Course') : t('Make a course')}
      aside={<Link to={paths.courses()}>{t('All courses')}</Link>}
    >
      <div className={css.page}>
        {isOld && (
          <Overtaken
            title={t('Somebody else has saved this meanwhile.')}
            takeTheirs={forget}
            keepMine={() => change({ basedOn: saved.basedOn })}
          />
        )}
        {card?.retired && (
          <Alert color="yellow">{t('This course is taken out of use: agents do not see it.')}</Alert>
        )}
        {card && <ChangedArticles card={card} />}
        <CourseFields {...fields} />
        <ArticlesField draft={typed} problems={problems} change={change} />
        <QuestionsField {...fields} />
        <Surface title={t('Save')}>
          {card && <RenewField againBy={againBy} choose={setAgainBy} />}
          <div className={css.actions} style={{ marginTop: '0.6rem' }}>
            <ActionButton
              label={t('Publish')}
              isBusy={command.isPending}
              whyDisabled={whyNot ?? (renewBy !== againBy ? t('First put right what is marked.') : undefined)}
              onPress={() => save(true)}
            />
            <ActionButton
              variant="default"
              label={t('Save as a draft')}
              isBusy={command.isPending}
              whyDisabled={whyNot ?? (isSame && card ? t('Nothing has been changed.') : undefined)}
              onPress={() => save(false)}
            />
            {!isSame && <ActionButton variant="subtle" label={t('Throw my changes away')} onPress={forget} />}
            {command.isSuccess && isSame && <span role="status">{t('Saved.')}</span>}
          </div>
          <RowProblems problems={problems.filter(({ row }) => row === '*')} />
          <SettingsProblem error={command.error} />
        </Surface>
        {card && <CourseVersions card={card} command={command} takeUp={(form) => change({ form })} />}
      </div>
    </Page>
  )
}

function whyNotSaved({ problems, isOld }: { problems: number; isOld: boolean }): string | undefined {
  if (problems > 0) return t('First put right what is marked.')
  return isOld ? t('First choose which of the two is kept.') : undefined
}
