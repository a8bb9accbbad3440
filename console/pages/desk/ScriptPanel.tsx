import { SegmentedControl } from '@mantine/core'
import type { CallerCard } from '#contract/calls.ts'
import type { ScriptDraft } from '#contract/scripts.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { fillIn, type ScriptValues } from '#core/scripts/fill-in.ts'
import type { DoneStep, Script } from '#core/scripts/script.ts'
import { asidesOf, outcomeAfter, stepNow, ticked, unticked, wayThrough } from '#core/scripts/script-way.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { cyrillic } from '../../cyrillic.ts'
import { inMyLanguage, language as myLanguage, t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { useScript } from '../../script-api.ts'
import { serverNow } from '../../server-clock.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import { CALL_PARTS } from './CallParts.tsx'
import type { ChangeDraft, Draft } from './draft.ts'
import css from './script.module.css'
import { type Reading, ScriptStepItem, turnKey } from './ScriptStepItem.tsx'

type Props = { call: string; caller: CallerCard | null; draft: Draft; change: ChangeDraft }

/**
 * The guided script. It has a place and a height of its own: whatever is ticked in it, nothing outside it
 * moves, and what is typed elsewhere goes on where it was.
 */
export function ScriptPanel({ isMine, ...props }: Props & { isMine: boolean }) {
  const script = useScript(props.call).data?.body
  return (
    <div className={css.place} id={CALL_PARTS.script}>
      {script && isMine && <GuidedScript script={script} {...props} />}
    </div>
  )
}

function GuidedScript({ script, caller, draft, change }: Omit<Props, 'call'> & { script: Script }) {
  const { done } = draft.script
  const set = (part: Partial<ScriptDraft>) => change({ script: { ...draft.script, ...part } })
  const setDone = (after: readonly DoneStep[]) =>
    change({
      script: { ...draft.script, done: [...after] },
      outcome: outcomeAfter(script, draft.outcome, { before: done, after }),
    })
  return (
    <ScriptReading
      script={script}
      done={done}
      setDone={setDone}
      values={useValues(caller, draft)}
      language={draft.script.language ?? caller?.language ?? 'uz'}
      choose={(wanted) => set({ language: wanted })}
      name={draft.script.name}
      setName={(name) => set({ name })}
    />
  )
}

/** A script as an agent reads and ticks it: beside a call, and for whoever writes it before it is published. */
export function ScriptReading(props: {
  script: Script
  done: readonly DoneStep[]
  setDone: (done: readonly DoneStep[]) => void
  values: ScriptValues
  language: CallLanguage
  choose: (language: CallLanguage) => void
  name: string
  setName: (name: string) => void
  title?: string
}) {
  const { choose, done, language, name, script, setDone, setName, title, values } = props
  const tick = (step: string, branch?: string) =>
    setDone(ticked(script, done, { step, at: serverNow(), ...(branch !== undefined && { branch }) }))
  const now = stepNow(script, done)
  useStepKeys({ now, done, tick, untickLast: () => setDone(done.slice(0, -1)) })
  const reading: Reading = {
    // Filled in first: the names of values are no words of a language.
    said: (texts) => inScript(fillIn(texts[language], values), language),
    lang: isCyrillic(language) ? 'uz-Cyrl' : language,
    now: now?.id,
    name,
    setName,
    tick,
    untick: (step) => setDone(unticked(done, step)),
  }
  return (
    <Surface
      title={title ?? t('Call script')}
      className={css.panel}
      aside={<ReadIn language={language} choose={choose} />}
    >
      <ol className={css.steps} aria-label={inMyLanguage(script.names)}>
        {wayThrough(script, done).map((one) => (
          <ScriptStepItem key={one.step.id} of={one} reading={reading} />
        ))}
      </ol>
      <h3 className={css.heading}>{t('At any moment')}</h3>
      <ul className={css.steps}>
        {asidesOf(script, done).map((one) => (
          <ScriptStepItem key={one.step.id} of={one} reading={reading} />
        ))}
      </ul>
      <h3 className={css.heading}>{t('In every call')}</h3>
      <ul className={css.rules} lang={reading.lang}>
        {script.rules.map((rule) => (
          <li key={rule.uz}>{reading.said(rule)}</li>
        ))}
      </ul>
    </Surface>
  )
}

/** Uzbek is read out in the script that the agent has chosen for himself. */
const inScript = (text: string, language: CallLanguage) => (isCyrillic(language) ? cyrillic(text) : text)
const isCyrillic = (language: CallLanguage) => language === 'uz' && myLanguage() === 'uz-Cyrl'

function useStepKeys(of: {
  now: ReturnType<typeof stepNow>
  done: readonly DoneStep[]
  tick: (step: string, branch?: string) => void
  untickLast: () => void
}): void {
  const { now, done, tick, untickLast } = of
  const next = now && !now.branches ? () => tick(now.id) : undefined
  const turns = (now?.branches ?? []).map(
    ({ id }, place) => [turnKey(place), () => now && tick(now.id, id)] as const,
  )
  useShortcuts({
    S: next,
    'alt+S': next,
    'shift+S': done.length > 0 ? untickLast : undefined,
    ...Object.fromEntries(turns),
    ...Object.fromEntries(turns.map(([key, turn]) => [`alt+${key}`, turn])),
  })
}

/** What the sentences say by themselves. The name he gave counts before the one we know him by. */
function useValues(caller: CallerCard | null, { citizen, registered, script }: Draft): ScriptValues {
  const me = useSignedIn()
  const known = caller?.candidates.find(({ id }) => id === citizen)?.name
  const appeal = registered.at(-1)
  return {
    agent: me.name,
    citizen: script.name.trim() || (known ?? ''),
    ...(appeal && { appeal: appeal.number, due: shortDay(appeal.dueOn as Day) }),
  }
}

function ReadIn(props: { language: CallLanguage; choose: (language: CallLanguage) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('Read out in')}
      value={props.language}
      onChange={(value) => props.choose(value as CallLanguage)}
      data={[
        { value: 'uz', label: 'UZ' },
        { value: 'ru', label: 'RU' },
      ]}
      transitionDuration={0}
    />
  )
}
