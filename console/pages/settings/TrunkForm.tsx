import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AddTrunk, TrunkView } from '#contract/trunks.ts'
import { checkTrunk, TRUNK_CALLS_MAX, TRUNK_CODECS } from '#core/calls/check-trunk.ts'
import { NUMBER_FORMATS } from '#core/text/phone-number.ts'
import { t } from '../../i18n.ts'
import { settingProblemText } from '../../setting-words.ts'
import { useTrunkCommand } from '../../settings-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { WholeNumber } from '../../ui/WholeNumber.tsx'
import { Lines } from './Lines.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { TrunkAccount } from './TrunkAccount.tsx'
import { useSettingForm } from './use-setting-form.ts'

const NOTHING: AddTrunk = {
  id: '',
  name: '',
  peerAddresses: [],
  didPatterns: [],
  registration: null,
  codecs: [...TRUNK_CODECS],
  maxCalls: 300,
  numberFormat: 'automatic',
  outboundUri: null,
}

type Change = (part: Partial<AddTrunk>) => void

/** A trunk as it is filled in, checked with every key; many lines are one to a line, told by their number. */
export function TrunkForm(props: {
  trunk: TrunkView | undefined
  others: readonly TrunkView[]
  close: () => void
}) {
  const { close, others, trunk } = props
  const shown = useSettingForm<AddTrunk>(`trunk.${trunk?.id ?? ''}`, {
    changedAt: trunk?.version ?? null,
    value: trunk ? formOf(trunk) : NOTHING,
  })
  // Kept nowhere but in the field it is typed into.
  const [password, setPassword] = useState<string | null>(null)
  const { registration: account } = shown.value
  const registration = account && { ...account, password }
  const form = { ...shown.value, registration }
  const command = useTrunkCommand()
  const problems = checkTrunk(form, others, trunk === undefined)
  const isSame = shown.isSame && password === null
  const at = (field: string) =>
    problems
      .filter((one) => one.field === field)
      .map(settingProblemText)
      .join(' ') || undefined
  const takeTheirs = () => {
    shown.takeTheirs()
    setPassword(null)
  }
  function save(): void {
    const { id, ...settings } = form
    const onSuccess = () => {
      takeTheirs()
      close()
    }
    if (trunk)
      command.mutate(
        { do: 'change', id, form: { basedOn: shown.basedOn ?? trunk.version, ...settings } },
        { onSuccess },
      )
    else command.mutate({ do: 'add', form }, { onSuccess })
  }
  return (
    <Surface title={trunk ? trunk.name : t('Add a trunk')}>
      <div className={css.page}>
        <Fields key={shown.filling} form={form} change={shown.change} at={at} isNew={trunk === undefined} />
        <TrunkAccount
          registration={registration}
          hasPassword={trunk?.hasPassword ?? false}
          change={(changed) => {
            setPassword(changed?.password ?? null)
            shown.change({ registration: changed && { ...changed, password: null } })
          }}
          at={at}
        />
        <SaveSetting
          form={{ ...shown, isSame, takeTheirs }}
          problems={problems.length}
          save={command}
          press={save}
        >
          {trunk && <SwitchButton trunk={trunk} command={command} />}
          <ActionButton label={t('Close')} variant="default" onPress={close} />
        </SaveSetting>
      </div>
    </Surface>
  )
}

/** Calls that are on it go on; new ones are refused. */
function SwitchButton({ trunk, command }: { trunk: TrunkView; command: ReturnType<typeof useTrunkCommand> }) {
  const { id, isActive } = trunk
  const [isAsked, press] = useSecondPress(() => command.mutate({ do: 'off', id }))
  if (!isActive)
    return (
      <ActionButton
        label={t('Switch on')}
        variant="default"
        onPress={() => command.mutate({ do: 'on', id })}
      />
    )
  return (
    <ActionButton
      label={isAsked ? t('Press again: new calls by it are refused') : t('Switch off')}
      color="red"
      variant="light"
      isBusy={command.isPending}
      onPress={press}
    />
  )
}

type At = (field: string) => string | undefined

function Fields({ form, change, at, isNew }: { form: AddTrunk; change: Change; at: At; isNew: boolean }) {
  return (
    <>
      <div className={css.fields}>
        <TextInput
          label={t('Code')}
          disabled={!isNew}
          error={at('id')}
          value={form.id}
          onChange={(event) => change({ id: event.currentTarget.value })}
        />
        <TextInput
          label={t('Name')}
          error={at('name')}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <WholeNumber
          label={t('Calls at once')}
          range={[1, TRUNK_CALLS_MAX]}
          value={form.maxCalls}
          problem={at('maxCalls')}
          change={(maxCalls) => change({ maxCalls })}
        />
        <NativeSelect
          label={t('Callers’ numbers are written')}
          data={NUMBER_FORMATS.map((value) => ({ value, label: formatText(value) }))}
          value={form.numberFormat}
          onChange={(event) =>
            change({ numberFormat: event.currentTarget.value as AddTrunk['numberFormat'] })
          }
        />
      </div>
      <div className={css.fields}>
        <Lines
          label={t('Addresses the carrier sends from, one to a line')}
          value={form.peerAddresses}
          problem={at('peerAddresses')}
          change={(peerAddresses) => change({ peerAddresses })}
        />
        <Lines
          label={t('Numbers we answer, one to a line')}
          value={form.didPatterns}
          problem={at('didPatterns')}
          change={(didPatterns) => change({ didPatterns })}
        />
      </div>
      <Checkbox.Group
        label={t('Codecs')}
        error={at('codecs')}
        value={form.codecs}
        onChange={(codecs) => change({ codecs })}
      >
        <div className={css.actions}>
          {TRUNK_CODECS.map((codec) => (
            <Checkbox key={codec} value={codec} label={codec} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label={t('Where calls out are sent')}
        description={OUTBOUND_EXAMPLE}
        placeholder={t('to the server of the account, or the one address')}
        error={at('outboundUri')}
        value={form.outboundUri ?? ''}
        onChange={(event) => change({ outboundUri: event.currentTarget.value || null })}
      />
    </>
  )
}

/** An address is the same in every language. */
const OUTBOUND_EXAMPLE = 'sip:{e164}@op.example.uz:5080 · {digits} · {national}'

function formOf({
  id,
  name,
  peerAddresses,
  didPatterns,
  registration,
  codecs,
  ...rest
}: TrunkView): AddTrunk {
  const { maxCalls, numberFormat, outboundUri } = rest
  const lists = { peerAddresses, didPatterns, codecs }
  return { id, name, ...lists, registration, maxCalls, numberFormat, outboundUri }
}

function formatText(format: AddTrunk['numberFormat']): string {
  return format === 'automatic'
    ? t('as carriers of Uzbekistan write them')
    : t('with the country code, without a plus')
}
