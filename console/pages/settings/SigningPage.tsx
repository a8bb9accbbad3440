import { Alert, Checkbox, TextInput } from '@mantine/core'
import type { SigningSettings } from '#contract/signatures.ts'
import { SIGNED_DECISIONS, type SignedDecision } from '#core/signatures/signed-decision.ts'
import { checkSigning } from '#core/signatures/signing-settings.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { settingProblemText } from '../../setting-words.ts'
import { useSaveSigning, useSigningSettings, useTestSigning } from '../../signing-api.ts'
import { decisionText } from '../../signing-words.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Lines } from './Lines.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import { useSettingForm } from './use-setting-form.ts'

/** How officials sign replies, extensions and conclusions, and which of them they have to. */
export function SigningPage() {
  return (
    <Page title={t('Signing with E-IMZO')}>
      <Asked query={useSigningSettings()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

type Rules = SigningSettings['rules']

function Editor({ settings: { changedAt, rules } }: { settings: SigningSettings }) {
  const form = useSettingForm<Rules>('signing', { changedAt, value: rules })
  const save = useSaveSigning()
  const problems = checkSigning(form.value)
  const at = (field: string) =>
    problems
      .filter((one) => one.field === field)
      .map(settingProblemText)
      .join(' ') || undefined
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, rules: form.value },
      { onSuccess: (saved) => form.adopt({ changedAt: saved.changedAt, value: saved.rules }) },
    )
  return (
    <div className={css.page}>
      <Surface title={t('Who checks signatures')}>
        <div className={css.page} key={form.filling}>
          <p className={css.quiet}>
            {t(
              'The E-IMZO server of the organisation checks each signature and its certificate. While there is none, nobody signs here.',
            )}
          </p>
          <Addresses value={form.value} at={at} change={form.change} />
          <Lines
            label={t('Keys of the site: an address and its key, one to a line')}
            value={form.value.apiKeys}
            problem={at('apiKeys')}
            change={(apiKeys) => form.change({ apiKeys })}
          />
          <Test isOn={rules.server !== ''} isSame={form.isSame} />
        </div>
      </Surface>
      <Surface title={t('What needs a signature')}>
        <div className={css.page}>
          <Required value={form.value.required} change={(required) => form.change({ required })} />
          <SaveSetting form={form} problems={problems.length} save={save} press={press} />
        </div>
      </Surface>
    </div>
  )
}

type Fields = {
  value: Rules
  at: (field: string) => string | undefined
  change: (part: Partial<Rules>) => void
}

function Addresses({ at, change, value }: Fields) {
  return (
    <div className={css.fields}>
      <TextInput
        label={t('Address of the E-IMZO server')}
        placeholder="http://eimzo.lan:8080"
        autoComplete="off"
        spellCheck={false}
        error={at('server')}
        value={value.server}
        onChange={(event) => change({ server: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={t('Where E-IMZO listens on each computer')}
        description={t('The same everywhere; another one only if E-IMZO says so.')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        spellCheck={false}
        error={at('module')}
        value={value.module}
        onChange={(event) => change({ module: event.currentTarget.value.trim() })}
      />
    </div>
  )
}

function Required(props: { value: readonly SignedDecision[]; change: (required: SignedDecision[]) => void }) {
  return (
    <Checkbox.Group
      label={t('Not decided without a signature')}
      description={t('The others may be signed, and need not be.')}
      value={[...props.value]}
      onChange={(chosen) => props.change(SIGNED_DECISIONS.filter((one) => chosen.includes(one)))}
    >
      {SIGNED_DECISIONS.map((decision) => (
        <Checkbox key={decision} mt={6} value={decision} label={decisionText(decision)} />
      ))}
    </Checkbox.Group>
  )
}

/** Of what is saved, and not of what stands in the form. */
function Test({ isOn, isSame }: { isOn: boolean; isSame: boolean }) {
  const test = useTestSigning()
  const { data } = test
  if (!isOn) return null
  return (
    <div className={css.actions}>
      <ActionButton
        label={t('Ask the server')}
        variant="default"
        isBusy={test.isPending}
        whyDisabled={isSame ? undefined : t('First save what you have changed.')}
        onPress={() => test.mutate()}
      />
      {data && (
        <Alert color={data.isThere ? 'green' : 'red'} role="status">
          {testText(data)}
        </Alert>
      )}
      <SettingsProblem error={test.error} />
    </div>
  )
}

function testText({ isThere, keyValidTo }: { isThere: boolean; keyValidTo: string | null }): string {
  if (!isThere) return t('It does not answer, or is no E-IMZO server.')
  return keyValidTo === null
    ? t('The E-IMZO server is there.')
    : t('The E-IMZO server is there; its own key is good until {{moment}}.', { moment: keyValidTo })
}
