import { IconFilePlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { type CallerCard, NOTE_MAX_CHARACTERS } from '#contract/calls.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { LimitedArea } from '../../ui/LimitedText.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import { AppealForm } from './AppealForm.tsx'
import { CallbackButton } from './CallbackButton.tsx'
import css from './desk.module.css'
import { type ChangeDraft, type Draft, emptyAppeal, type RegisteredAppeal } from './draft.ts'
import { OutcomeChoice } from './OutcomeChoice.tsx'
import { SmsButton } from './SmsButton.tsx'
import { TopicPicker } from './TopicPicker.tsx'
import { useUsualKind } from './use-usual-kind.ts'

export function WrapUpForm(props: {
  call: string
  caller: CallerCard | null
  draft: Draft
  change: ChangeDraft
}) {
  const { call, caller, draft, change } = props
  const note = useRef<HTMLTextAreaElement>(null)
  useShortcuts({ N: () => note.current?.focus() })
  const usualKind = useUsualKind(draft.topics)
  return (
    <Surface title={t('Wrap-up')}>
      <div className={css.form}>
        <OutcomeChoice outcome={draft.outcome} choose={(outcome) => change({ outcome })} />
        <TopicPicker topics={draft.topics} choose={(topics) => change({ topics })} />
        <LimitedArea
          ref={note}
          label={t('Note')}
          description={t('What was asked and what was said. Key N.')}
          autosize
          minRows={3}
          maxRows={10}
          most={NOTE_MAX_CHARACTERS}
          value={draft.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <Registered appeals={draft.registered} />
        <div className={css.quick}>
          {!draft.appeal && <OpenAppealForm open={() => change({ appeal: emptyAppeal(draft, usualKind) })} />}
          <SmsButton call={call} />
          <CallbackButton call={call} />
        </div>
        {draft.appeal && (
          <AppealForm call={call} caller={caller} draft={draft} appeal={draft.appeal} change={change} />
        )}
      </div>
    </Surface>
  )
}

function OpenAppealForm({ open }: { open: () => void }) {
  const mayRegister = useMay('registerAppeal')
  // With Alt also while the note is being typed.
  useShortcuts(mayRegister ? { R: open, 'alt+R': open } : {})
  if (!mayRegister) return null
  return (
    <ActionButton
      variant="default"
      icon={<IconFilePlus size={18} />}
      label={t('Register an appeal')}
      shortcut="R"
      onPress={open}
    />
  )
}

function Registered({ appeals }: { appeals: RegisteredAppeal[] }) {
  return (
    <div role="status">
      {appeals.map(({ id, number, dueOn }) => (
        <p key={id} style={{ margin: 0 }}>
          {t('Appeal registered:')} <Link to={paths.appeal(id)}>{number}</Link>
          {dueOn && `, ${t('reply due by {{day}}', { day: shortDay(dueOn as Day) })}`}
        </p>
      ))}
    </div>
  )
}
