import { Alert, Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
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
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './appeals.module.css'

/** Who filed it beside the citizen: those who signed too, who acts for him, and what follows from that. */
export function FilersPanel({ appeal }: { appeal: AppealCard }) {
  const { role } = useSignedIn()
  const [isEdited, setEdited] = useState(false)
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
        <ol aria-label={t('Signed by')} className={css.signers}>
          {cosigners.map(({ name, residence }, place) => (
            // Two may have one name.
            <li key={`${place} ${name}`}>
              {name}
              {residence !== '' && <span className={css.told}> · {residence}</span>}
            </li>
          ))}
        </ol>
      )}
      {mayChange && !isEdited && (
        <Button size="xs" variant="default" onClick={() => setEdited(true)}>
          {t('Change who filed it')}
        </Button>
      )}
      {isEdited && <FilersForm appeal={appeal} done={() => setEdited(false)} />}
    </Surface>
  )
}

function FilersForm({ appeal, done }: { appeal: AppealCard; done: () => void }) {
  const [was] = useState(appeal.filers)
  const change = useChangeFilers(appeal.id)
  const [signers, setSigners] = useState(() => writeCosigners(was.cosigners))
  const [who, setWho] = useState(() => was.representative ?? { name: '', ground: '', hasPapers: false })
  const { cosigners, wrong } = readCosigners(signers)
  const problem =
    wrong.length > 0
      ? t('Lines that name nobody: {{lines}}', { lines: wrong.join(', ') })
      : cosigners.length > COSIGNERS_MAX
        ? t('No more than {{count}} can sign.', { count: COSIGNERS_MAX })
        : undefined

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (problem) return
    const representative: Filers['representative'] = who.name.trim() === '' ? null : who
    change.mutate({ was, filers: { cosigners, representative } }, { onSuccess: done })
  }

  return (
    <form className={css.form} onSubmit={submit} aria-label={t('Change who filed it')}>
      <Textarea
        label={t('Who signed too, one a line: name, residence')}
        autosize
        minRows={2}
        maxRows={10}
        value={signers}
        error={wrong.length > 0 && problem}
        onChange={({ currentTarget: { value } }) => setSigners(value)}
      />
      <TextInput
        label={t('Who acts for the citizen')}
        maxLength={FILER_NAME_MAX_CHARACTERS}
        value={who.name}
        onChange={({ currentTarget: { value } }) => setWho({ ...who, name: value })}
      />
      <TextInput
        label={t('On what ground')}
        maxLength={GROUND_MAX_CHARACTERS}
        value={who.ground}
        onChange={({ currentTarget: { value } }) => setWho({ ...who, ground: value })}
      />
      <Checkbox
        label={t('Papers that prove it were seen')}
        checked={who.hasPapers}
        onChange={({ currentTarget: { checked } }) => setWho({ ...who, hasPapers: checked })}
      />
      {change.error && (
        <Alert color="red" role="alert">
          {problemText(change.error)}
        </Alert>
      )}
      <div className={css.moves}>
        <ActionButton
          label={t('Save')}
          isSubmit
          isBusy={change.isPending}
          whyDisabled={problem}
          onPress={() => undefined}
        />
        <Button variant="default" onClick={done}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  )
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
