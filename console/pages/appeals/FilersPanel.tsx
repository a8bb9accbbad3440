import { Button, Checkbox } from '@mantine/core'
import type { FormEvent } from 'react'
import type { AppealCard, Filers } from '#contract/appeals.ts'
import {
  COSIGNERS_MAX,
  type FilerNote,
  filerNotes,
  FILER_NAME_MAX_CHARACTERS,
  GROUND_MAX_CHARACTERS,
  readCosigners,
  writeCosigners,
} from '#core/appeals/filers.ts'
import { mayMove } from '#core/appeals/move-rules.ts'
import { useChangeFilers } from '../../appeal-office-api.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { JudgedArea, LimitedInput } from '../../ui/LimitedText.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { tooLongLine } from '../../ui/too-long.ts'
import { Tone } from '../../ui/Tone.tsx'
import css from './appeals.module.css'
import { FormFoot } from './FormFoot.tsx'

/** As it is typed. `was`: what it began from; upon anything newer nothing is saved. */
type FilersDraft = { was: Filers; signers: string; who: NonNullable<Filers['representative']> }

/** Who filed it beside the citizen: those who signed too, who acts for him, and what follows from that. */
export function FilersPanel({ appeal }: { appeal: AppealCard }) {
  const { role } = useSignedIn()
  const draft = useTypedDraft<FilersDraft | undefined>(`filers.${appeal.id}`, undefined)
  const { cosigners, representative } = appeal.filers
  const notes = filerNotes({ ...appeal, ...appeal.filers, isMinor: appeal.citizen.isMinor })
  const mayChange = mayMove(role, 'classify', appeal.track)
  if (notes.length === 0 && representative === null && !mayChange) return null
  return (
    <Surface title={t('Who filed it')}>
      {notes.map((note) => (
        <p key={note} style={{ margin: 0 }}>
          <Tone tone={note === 'collective' ? 'accent' : 'warn'}>{noteText(note)}</Tone>
        </p>
      ))}
      {representative && (
        <p>
          {t('Acts for the citizen: {{name}}', { name: representative.name })}
          {representative.ground !== '' && ` (${representative.ground})`}
        </p>
      )}
      {cosigners.length > 0 && (
        // Focusable, so that a list longer than its place can be moved by the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={css.signers} role="group" aria-label={t('Signed by')} tabIndex={0}>
          <ol>
            {cosigners.map(({ name, residence }, place) => (
              // Two may have one name.
              <li key={`${place} ${name}`}>
                {name}
                {residence !== '' && <span className={css.told}> · {residence}</span>}
              </li>
            ))}
          </ol>
        </div>
      )}
      {mayChange && !draft.typed && (
        <Button size="xs" variant="default" onClick={() => draft.change(draftOf(appeal.filers))}>
          {t('Change who filed it')}
        </Button>
      )}
      {draft.typed && (
        <FilersForm appeal={appeal} draft={draft.typed} type={draft.change} done={draft.forget} />
      )}
    </Surface>
  )
}

function draftOf(was: Filers): FilersDraft {
  const { cosigners, representative } = was
  return {
    was,
    signers: writeCosigners(cosigners),
    who: representative ?? { name: '', ground: '', hasPapers: false },
  }
}

function FilersForm(props: {
  appeal: AppealCard
  draft: FilersDraft
  type: (draft: FilersDraft) => void
  done: () => void
}) {
  const { appeal, done, draft, type } = props
  const { signers, was, who } = draft
  const change = useChangeFilers(appeal.id)
  const setWho = (changed: FilersDraft['who']) => type({ ...draft, who: changed })
  const { cosigners, problem } = judgeSigners(signers)

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (problem) return
    const representative: Filers['representative'] = who.name.trim() === '' ? null : who
    change.mutate({ was, filers: { cosigners, representative } }, { onSuccess: done })
  }

  return (
    <form className={css.form} onSubmit={submit} aria-label={t('Change who filed it')}>
      <JudgedArea
        label={t('Who signed too, one a line: name, residence')}
        autosize
        minRows={2}
        maxRows={10}
        value={signers}
        problem={problem}
        onChange={({ currentTarget: { value } }) => type({ ...draft, signers: value })}
      />
      <LimitedInput
        label={t('Who acts for the citizen')}
        most={FILER_NAME_MAX_CHARACTERS}
        value={who.name}
        onChange={({ currentTarget: { value } }) => setWho({ ...who, name: value })}
      />
      <LimitedInput
        label={t('On what ground')}
        most={GROUND_MAX_CHARACTERS}
        value={who.ground}
        onChange={({ currentTarget: { value } }) => setWho({ ...who, ground: value })}
      />
      <Checkbox
        label={t('Papers that prove it were seen')}
        checked={who.hasPapers}
        onChange={({ currentTarget: { checked } }) => setWho({ ...who, hasPapers: checked })}
      />
      <FormFoot
        label={t('Save')}
        saving={change}
        whyNot={problem && t('First put right what is marked.')}
        cancel={done}
      />
    </form>
  )
}

function judgeSigners(text: string) {
  const {
    cosigners,
    tooLong: [first],
    wrong,
  } = readCosigners(text)
  if (wrong.length > 0)
    return { cosigners, problem: t('Lines that name nobody: {{lines}}', { lines: wrong.join(', ') }) }
  if (first) return { cosigners, problem: tooLongLine(first) }
  const isTooMany = cosigners.length > COSIGNERS_MAX
  return {
    cosigners,
    problem: isTooMany ? t('No more than {{count}} can sign.', { count: COSIGNERS_MAX }) : undefined,
  }
}

function noteText(note: FilerNote): string {
  switch (note) {
    case 'anonymous':
      return t('Anonymous: written down, and not considered (article 29). A conclusion has to be approved.')
    case 'anonymousOfTrust':
      return t('Anonymous report of corruption: looked into all the same.')
    case 'minor':
      return t(
        'The citizen is a minor: it is considered like any other, his legal representative takes part.',
      )
    case 'noPapers':
      return t(
        'The representative has shown no papers: without them it may be left unconsidered (article 29).',
      )
    case 'collective':
      return t('Collective appeal')
  }
}
