import { Alert, Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CitizenCard } from '#contract/citizens.ts'
import { CARD_FIELDS, EMPTY_CARD } from '#core/citizens/citizen-card.ts'
import { mergeCards } from '#core/citizens/merge-cards.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { useCitizen, useCitizenCommand, useCitizens } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { fieldText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { paths } from '../../paths.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './citizens.module.css'
import { valueText } from './ReconcilePanel.tsx'

const TYPING_ENDS_MS = 300

/** Other cards of the same citizen: those that may be his, those already in this one, and the way in and out. */
export function MergePanel({ card }: { card: CitizenCard }) {
  const mayMerge = useMay('mergeCitizens')
  const [other, setOther] = useState<string>()
  if (!mayMerge && card.alike.length + card.merged.length === 0) return null
  return (
    <Surface title={t('Other cards of this citizen')}>
      <ul className={css.plain}>
        {card.alike.map(({ id, name, because }) => (
          <li key={id}>
            <Link to={paths.citizen(id)}>{name}</Link>:{' '}
            {because === 'document' ? t('the same PINFL or STIR') : t('the same name and number')}{' '}
            {mayMerge && <CompareButton name={name} compare={() => setOther(id)} />}
          </li>
        ))}
        {card.merged.map((merged) => (
          <li key={merged.id}>
            <Merged card={card} merged={merged} mayMerge={mayMerge} />
          </li>
        ))}
      </ul>
      {mayMerge && other === undefined && <FindOther card={card} choose={setOther} />}
      {other !== undefined && <Compared card={card} other={other} close={() => setOther(undefined)} />}
    </Surface>
  )
}

function CompareButton({ name, compare }: { name: string; compare: () => void }) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      aria-label={t('Compare with {{name}}', { name })}
      onClick={compare}
    >
      {t('Compare')}
    </Button>
  )
}

function Merged(props: { card: CitizenCard; merged: CitizenCard['merged'][number]; mayMerge: boolean }) {
  const { card, merged, mayMerge } = props
  const command = useCitizenCommand()
  return (
    <>
      <Link to={paths.citizen(merged.id)}>{merged.name}</Link>:{' '}
      {t('merged {{moment}} by {{name}}', {
        moment: shortMoment(merged.mergedAt),
        name: merged.mergedByName,
      })}{' '}
      {mayMerge && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('Part {{name}} from this card', { name: merged.name })}
          loading={command.isPending}
          onClick={() =>
            command.mutate({ do: 'split', id: card.id, other: merged.id }, { onError: showProblem })
          }
        >
          {t('Part again')}
        </Button>
      )}
    </>
  )
}

function FindOther({ card, choose }: { card: CitizenCard; choose: (id: string) => void }) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), TYPING_ENDS_MS)
  const found = useCitizens(search, search !== '')
  return (
    <>
      <TextInput
        type="search"
        label={t('Find another card to merge into this one')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {search !== '' && (
        <ul className={css.plain}>
          {found.data
            ?.filter(({ id }) => id !== card.id)
            .map(({ id, name, numbers }) => (
              <li key={id}>
                {name} {numbers.join(', ')} <CompareButton name={name} compare={() => choose(id)} />
              </li>
            ))}
        </ul>
      )}
    </>
  )
}

function Compared({ card, other, close }: { card: CitizenCard; other: string; close: () => void }) {
  return (
    <Asked query={useCitizen(other)}>
      {(theirs) => <SideBySide kept={card} other={theirs} close={close} />}
    </Asked>
  )
}

/** Nothing is merged unseen: both cards beside each other, and what would become of them. */
function SideBySide({ kept, other, close }: { kept: CitizenCard; other: CitizenCard; close: () => void }) {
  const command = useCitizenCommand()
  const { fields, filled } = mergeCards(kept.fields, other.fields)
  const merge = () =>
    command.mutate(
      { do: 'merge', id: kept.id, other: other.id, basedOn: kept.version, otherBasedOn: other.version },
      { onSuccess: close, onError: showProblem },
    )
  const shown = CARD_FIELDS.filter((field) =>
    [kept, other].some((one) => one.fields[field] !== EMPTY_CARD[field]),
  )
  return (
    <div>
      <table className={css.compared}>
        <thead>
          <tr>
            <th scope="col">{t('Field')}</th>
            <th scope="col">{t('This card')}</th>
            <th scope="col">{t('The other card')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => (
            <tr key={field}>
              <th scope="row">{fieldText(field)}</th>
              <td>
                {valueText(field, kept.fields)}
                {filled.includes(field) && ` → ${valueText(field, fields)}`}
              </td>
              <td>{valueText(field, other.fields)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Alert color="gray" my="sm">
        {t(
          'This card keeps what it has and learns what it did not know. Calls, appeals and numbers of both are shown here. It can be undone.',
        )}
      </Alert>
      <div className={css.inRow}>
        <ActionButton label={t('Merge into this card')} isBusy={command.isPending} onPress={merge} />
        <Button variant="default" onClick={close}>
          {t('Leave them apart')}
        </Button>
      </div>
    </div>
  )
}
