import { IconArrowRight } from '@tabler/icons-react'
import { useEffect, useId, useRef } from 'react'
import { ADDRESSED_MAX_CHARACTERS } from '#contract/scripts.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { ScriptStep } from '#core/scripts/script.ts'
import type { WayStep } from '#core/scripts/script-way.ts'
import { inMyLanguage, myTextLanguage, t } from '../../i18n.ts'
import { Key } from '../../ui/Key.tsx'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './script.module.css'

/** How the script is read in this call, and what can be done with it. */
export type Reading = {
  /** A sentence in the language and script in which it is read out, with what is known. */
  said: (sentence: Texts) => string
  lang: string
  /** The step that is to be done. */
  now: string | undefined
  name: string
  setName: (name: string) => void
  tick: (step: string, branch?: string) => void
  untick: (step: string) => void
}

/** Only while it is written a step has no words yet. */
const named = (texts: Texts) => inMyLanguage(texts) || t('untitled')

export const turnKey = (place: number) => String.fromCharCode('A'.charCodeAt(0) + place)

export function ScriptStepItem({ of: { step, isDone, branch }, reading }: { of: WayStep; reading: Reading }) {
  const isNow = reading.now === step.id
  const item = useRef<HTMLLIElement>(null)
  // Within the panel only: the page stays where it is.
  useEffect(() => {
    const box = item.current?.closest<HTMLElement>(`.${css.panel}`)
    if (!isNow || !box || !item.current) return
    const below = item.current.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom
    if (below > 0) box.scrollTop += below + ROOM_BELOW_PX
  }, [isNow])
  return (
    <li
      ref={item}
      className={css.step}
      data-done={isDone || undefined}
      aria-current={isNow ? 'step' : undefined}
    >
      {step.branches ? (
        <p className={css.title}>{named(step.title)}</p>
      ) : (
        <label className={css.title}>
          <input
            type="checkbox"
            checked={isDone}
            onChange={() => (isDone ? reading.untick(step.id) : reading.tick(step.id))}
          />
          <span>{named(step.title)}</span>
          {isNow && <Key>S</Key>}
        </label>
      )}
      <Words step={step} reading={reading} />
      {step.asksName && <CitizensName reading={reading} />}
      {step.branches && <Turns step={step} chosen={branch?.id} isNow={isNow} reading={reading} />}
    </li>
  )
}

/** Of the step after it, its title is seen too. */
const ROOM_BELOW_PX = 48

function Words({ step, reading }: { step: ScriptStep; reading: Reading }) {
  return (
    <>
      {step.say.map((sentence) => (
        <p key={sentence.uz} className={css.say} lang={reading.lang}>
          {reading.said(sentence)}
        </p>
      ))}
      {step.toDo && (
        <p className={css.toDo} lang={myTextLanguage()}>
          <IconArrowRight size={14} aria-hidden /> {inMyLanguage(step.toDo)}
        </p>
      )}
    </>
  )
}

function CitizensName({ reading: { name, setName } }: { reading: Reading }) {
  const input = useRef<HTMLInputElement>(null)
  useShortcuts({ I: () => input.current?.focus() })
  return (
    <LimitedInput
      ref={input}
      size="xs"
      mt={6}
      aria-label={t('How to address the citizen')}
      placeholder={t('How to address the citizen, key I')}
      most={ADDRESSED_MAX_CHARACTERS}
      autoComplete="off"
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
    />
  )
}

function Turns(props: { step: ScriptStep; chosen: string | undefined; isNow: boolean; reading: Reading }) {
  const { step, chosen, isNow, reading } = props
  const group = useId()
  return (
    <fieldset className={css.turns} aria-label={named(step.title)}>
      {step.branches?.map(({ id, label }, place) => (
        <label key={id} className={css.turn} lang={myTextLanguage()}>
          <input
            type="radio"
            name={group}
            checked={chosen === id}
            onChange={() => reading.tick(step.id, id)}
          />
          <span>{named(label)}</span>
          {isNow && <Key>{turnKey(place)}</Key>}
        </label>
      ))}
    </fieldset>
  )
}
