import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { DiallingSettings } from '#contract/dialling.ts'
import { type DialVerdict, mayDialOut } from '#core/calls/dialling-rules.ts'
import { checkDialling } from '#core/calls/dialling-settings.ts'
import type { AgentId } from '#core/lib/ids.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useDialling, useSaveDialling } from '../../set-up-api.ts'
import { settingProblemText } from '../../setting-words.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { Lines } from './Lines.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { useSettingForm } from './use-setting-form.ts'

/** Which numbers outside may be called, from the desks and when citizens are called back, and who may. */
export function DiallingPage() {
  return (
    <Page title={t('Calls to numbers outside')}>
      <Asked query={useDialling()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

type Rules = DiallingSettings['rules']

function Editor({ settings: { agents, changedAt, own, rules } }: { settings: DiallingSettings }) {
  const form = useSettingForm<Rules>('dialling', { changedAt, value: rules })
  const save = useSaveDialling()
  const problems = checkDialling(form.value)
  const at = (row: string) =>
    problems
      .filter((one) => one.row === row)
      .map(settingProblemText)
      .join(' ')
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, rules: form.value },
      { onSuccess: (saved) => form.adopt({ changedAt: saved.changedAt, value: saved.rules }) },
    )
  return (
    <div className={css.page}>
      <Surface title={t('Which numbers')}>
        <div className={css.page}>
          <p className={css.quiet}>
            {t(
              'The longest beginning that fits decides, so that one number can be let through where its range is not. What fits nothing is refused.',
            )}
          </p>
          <div className={css.fields} key={form.filling}>
            <Lines
              label={t('May be called: beginnings, or whole short numbers, one to a line')}
              value={form.value.allowed}
              problem={at('allowed') || undefined}
              change={(allowed) => form.change({ allowed })}
            />
            <Lines
              label={t('May not be called: beginnings, one to a line')}
              value={form.value.denied}
              problem={at('denied') || undefined}
              change={(denied) => form.change({ denied })}
            />
          </div>
          <Trial rules={form.value} own={own} />
        </div>
      </Surface>
      <Surface title={t('Who calls outside and gives calls to numbers outside')}>
        <Callers
          agents={agents}
          callers={form.value.callers}
          change={(callers) => form.change({ callers })}
        />
      </Surface>
      <SaveSetting form={form} problems={problems.length} save={save} press={press} />
    </div>
  )
}

/** By the rules as they stand in the form, saved or not. */
function Trial({ rules, own }: { rules: Rules; own: readonly string[] }) {
  const [number, setNumber] = useState('')
  return (
    <>
      <TextInput
        maw="20rem"
        label={t('Try a number')}
        inputMode="tel"
        autoComplete="off"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <p role="status" className={css.said}>
        {number.trim() !== '' && <Verdict verdict={mayDialOut(number, rules, own)} />}
      </p>
      {own.length > 0 && (
        <p className={css.quiet}>
          {t('Our own numbers are never called: {{numbers}}', { numbers: own.map(displayNumber).join(', ') })}
        </p>
      )}
    </>
  )
}

function Verdict({ verdict }: { verdict: DialVerdict }) {
  if ('dial' in verdict)
    return <Tone tone="good">{t('Is called: {{number}}', { number: displayNumber(verdict.dial) })}</Tone>
  return <Tone tone="bad">{refusalText(verdict.refused)}</Tone>
}

function refusalText(refused: Extract<DialVerdict, { refused: unknown }>['refused']): string {
  switch (refused) {
    case 'notANumber':
      return t('Refused: this is no whole number.')
    case 'emergency':
      return t('Refused: from here the rescuers would see our address.')
    case 'shortNumber':
      return t('Refused: this short number is not listed.')
    case 'ownNumber':
      return t('Refused: it is one of ours.')
    case 'costly':
      return t('Refused: no beginning that is allowed fits, or a longer one is not.')
    case 'foreign':
      return t('Refused: a number abroad that is not allowed.')
  }
}

function Callers(props: {
  agents: DiallingSettings['agents']
  callers: Rules['callers']
  change: (callers: AgentId[] | null) => void
}) {
  const { agents, callers, change } = props
  const isEverybody = callers === null
  const toggle = (agent: AgentId) =>
    change(callers?.includes(agent) ? callers.filter((one) => one !== agent) : [...(callers ?? []), agent])
  return (
    <>
      <Checkbox
        label={t('Every agent')}
        checked={isEverybody}
        onChange={() => change(isEverybody ? agents.map(({ id }) => id as string as AgentId) : null)}
      />
      {!isEverybody && (
        <fieldset className={css.choices} aria-label={t('These agents')}>
          {agents.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={callers.some((one) => one === id)}
              onChange={() => toggle(id as string as AgentId)}
            />
          ))}
          {callers.length === 0 && <p className={css.quiet}>{t('Nobody calls outside.')}</p>}
        </fieldset>
      )}
    </>
  )
}
