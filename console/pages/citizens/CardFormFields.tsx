import { Checkbox, NativeSelect, Radio } from '@mantine/core'
import type { CardForm } from '#contract/citizens.ts'
import {
  CARD_MAX_CHARACTERS,
  type CardFault,
  type CardField,
  CITIZEN_KINDS,
  CONSENTS,
  type Consent,
  type CitizenKind,
  hasField,
} from '#core/citizens/citizen-card.ts'
import { REGIONS } from '#core/citizens/regions.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { toCyrillic } from '#core/text/uzbek-script.ts'
import { callLanguageText } from '../../call-words.ts'
import { citizenKindText, consentText, faultText, fieldText, regionText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { LimitedArea, LimitedInput } from '../../ui/LimitedText.tsx'
import { DayField } from '../../ui/DayField.tsx'
import css from './citizens.module.css'

type FieldsProps = {
  fields: CardForm
  /** Told beside each field, once somebody has tried to save. */
  faults: readonly CardFault[]
  change: (part: Partial<CardForm>) => void
}

/** Everything of a card that can be written; what does not belong to the kind is not there. */
export function CardFormFields(props: FieldsProps) {
  const { fields, change } = props
  return (
    <div className={css.fields}>
      <Radio.Group
        label={fieldText('kind')}
        value={fields.kind}
        onChange={(kind) => change({ kind: kind as CitizenKind })}
        className={css.whole}
      >
        <div className={css.inRow}>
          {CITIZEN_KINDS.map((kind) => (
            <Radio key={kind} value={kind} label={citizenKindText(kind)} />
          ))}
        </div>
      </Radio.Group>
      <Names {...props} />
      <Documents {...props} />
      <Circumstances {...props} />
      <LimitedArea
        label={fieldText('note')}
        className={css.whole}
        autosize
        minRows={2}
        maxRows={8}
        dir="auto"
        most={CARD_MAX_CHARACTERS.note}
        value={fields.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </div>
  )
}

function Names(props: FieldsProps) {
  const { fields } = props
  return (
    <>
      <TextField {...props} field="name" isRequired />
      <TextField {...props} field="nameCyrillic" placeholder={toCyrillic(fields.name)} />
    </>
  )
}

function Documents(props: FieldsProps) {
  const { fields, change } = props
  if (fields.kind === 'legalEntity')
    return (
      <>
        <TextField {...props} field="stir" />
        <TextField {...props} field="address" />
      </>
    )
  return (
    <>
      <TextField {...props} field="pinfl" />
      <TextField {...props} field="passport" placeholder="AA1234567" />
      <DayField
        label={fieldText('birthDay')}
        value={fields.birthDay}
        error={faultOf(props, 'birthDay')}
        change={(birthDay) => change({ birthDay })}
      />
      <Checkbox
        label={fieldText('isMinor')}
        className={css.tick}
        checked={fields.isMinor}
        disabled={fields.birthDay !== ''}
        onChange={(event) => change({ isMinor: event.currentTarget.checked })}
      />
    </>
  )
}

function Circumstances(props: FieldsProps) {
  const { fields, change } = props
  const notKnown = { value: '', label: t('Not known') }
  return (
    <>
      <NativeSelect
        label={fieldText('region')}
        value={fields.region}
        data={[notKnown, ...REGIONS.map((value) => ({ value, label: regionText(value) }))]}
        onChange={(event) => change({ region: event.currentTarget.value })}
      />
      <NativeSelect
        label={fieldText('language')}
        value={fields.language}
        data={[notKnown, ...CALL_LANGUAGES.map((value) => ({ value, label: callLanguageText(value) }))]}
        onChange={(event) => change({ language: event.currentTarget.value })}
      />
      <TextField {...props} field="representative" />
      <NativeSelect
        label={fieldText('consent')}
        value={fields.consent}
        data={CONSENTS.map((value) => ({ value, label: consentText(value) }))}
        onChange={(event) => change({ consent: event.currentTarget.value as Consent })}
      />
    </>
  )
}

type TextFieldName = Exclude<keyof typeof CARD_MAX_CHARACTERS, 'note'>

function TextField(
  props: FieldsProps & {
    field: TextFieldName
    placeholder?: string
    isRequired?: boolean
  },
) {
  const { field, fields, change, isRequired, placeholder } = props
  return (
    <LimitedInput
      label={fieldText(field)}
      required={isRequired ?? false}
      most={CARD_MAX_CHARACTERS[field]}
      autoComplete="off"
      {...(placeholder !== undefined && { placeholder })}
      value={fields[field]}
      error={faultOf(props, field)}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  )
}

function faultOf({ faults, fields }: FieldsProps, field: CardField): string | undefined {
  const wrong = hasField(fields.kind, field) && faults.find((one) => one.field === field)
  return wrong ? faultText(wrong.fault) : undefined
}
