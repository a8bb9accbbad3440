import { Alert, Button, Radio } from '@mantine/core'
import { useState } from 'react'
import type { CardForm, CitizenCard } from '#contract/citizens.ts'
import { type CardField, type CardFields, isRegion } from '#core/citizens/citizen-card.ts'
import { reconcile } from '#core/citizens/reconcile.ts'
import { citizenKindText, consentText, fieldText, regionText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './citizens.module.css'

type Side = 'mine' | 'theirs'

/** Somebody else saved this card meanwhile: what he changed is told, and where both did somebody chooses. */
export function ReconcilePanel(props: {
  card: CitizenCard
  base: CardForm
  mine: CardForm
  isBusy: boolean
  save: (fields: CardForm) => void
  discard: () => void
}) {
  const { card, base, mine, isBusy, save, discard } = props
  const { fields, theirs, toChoose } = reconcile({ base, mine, theirs: card.fields })
  const [chosen, setChosen] = useState<Partial<Record<CardField, Side>>>({})
  const isOpen = toChoose.some((field) => chosen[field] === undefined)
  const together = () => {
    const own = toChoose.filter((field) => chosen[field] === 'mine')
    return { ...fields, ...Object.fromEntries(own.map((field) => [field, mine[field]])) } as CardForm
  }
  return (
    <Alert
      color="yellow"
      role="alert"
      title={t('{{name}} changed this card meanwhile', { name: card.changedByName ?? '' })}
    >
      {theirs.length > 0 && (
        <ul className={css.plain}>
          {theirs.map((field) => (
            <li key={field}>
              {fieldText(field)}: <b className={css.value}>{valueText(field, card.fields)}</b>
            </li>
          ))}
        </ul>
      )}
      {toChoose.map((field) => (
        <Choice
          key={field}
          field={field}
          sides={{ mine, theirs: card.fields }}
          chosen={chosen[field]}
          choose={(side) => setChosen({ ...chosen, [field]: side })}
        />
      ))}
      <div className={css.inRow}>
        <ActionButton
          label={t('Put both together and save')}
          whyDisabled={isOpen ? t('Choose where both of you changed the same') : undefined}
          isBusy={isBusy}
          onPress={() => save(together())}
        />
        <Button variant="default" onClick={discard}>
          {t('Discard my changes')}
        </Button>
      </div>
    </Alert>
  )
}

function Choice(props: {
  field: CardField
  sides: Record<Side, CardFields>
  chosen: Side | undefined
  choose: (side: Side) => void
}) {
  const { field, sides, chosen, choose } = props
  return (
    <Radio.Group
      label={t('Both changed: {{field}}', { field: fieldText(field) })}
      mb="sm"
      value={chosen ?? ''}
      onChange={(side) => choose(side as Side)}
    >
      <Radio value="mine" mt="xs" label={t('Mine: {{value}}', { value: valueText(field, sides.mine) })} />
      <Radio
        value="theirs"
        mt="xs"
        label={t('Theirs: {{value}}', { value: valueText(field, sides.theirs) })}
      />
    </Radio.Group>
  )
}

/** As the form shows it. */
export function valueText(field: CardField, fields: CardFields): string {
  switch (field) {
    case 'kind':
      return citizenKindText(fields.kind)
    case 'consent':
      return consentText(fields.consent)
    case 'isMinor':
      return fields.isMinor ? t('Yes') : t('No')
    case 'region':
      return isRegion(fields.region) ? regionText(fields.region) : '—'
    default:
      return fields[field] === '' ? '—' : fields[field]
  }
}
