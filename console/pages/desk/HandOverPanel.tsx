import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, type Ref, useRef, useState } from 'react'
import { useTransferTargets } from '../../desk-api.ts'
import { Asked } from '../../Asked.tsx'
import { agentStatusText } from '../../call-words.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './desk.module.css'
import { askOf, type Choice, choicesOf } from './hand-over-choices.ts'
import { useQueueOfTopic } from './use-usual-kind.ts'
import { useDeskActions } from './use-desk-actions.ts'

type Props = {
  /** The queue that the call came from, by its name. */
  cameFrom: string | undefined
  done: () => void
}

/** Somebody else for this call: one is chosen, and then asked, or given the call without asking. */
export function HandOverPanel({ cameFrom, done }: Props) {
  const targets = useTransferTargets()
  const { send, doing } = useDeskActions()
  const [search, setSearch] = useState('')
  const list = useRef<HTMLFieldSetElement>(null)
  const toList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    list.current?.querySelector('input')?.focus()
  }
  const ofTopic = useQueueOfTopic()
  const mayDial = targets.data?.dialling !== null
  return (
    <form className={css.handOver} onSubmit={(event) => event.preventDefault()}>
      <TextInput
        data-autofocus
        label={t('To whom')}
        placeholder={mayDial ? t('Queue, colleague or number') : t('Queue or colleague')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={toList}
      />
      <Asked query={targets}>
        {(now) => (
          <Targets
            choices={choicesOf(now, search, { queue: inMyLanguage, first: ofTopic })}
            list={list}
            done={done}
          />
        )}
      </Asked>
      {cameFrom && (
        <Button
          variant="subtle"
          fullWidth
          loading={doing === 'returnToQueue'}
          onClick={() => send({ do: 'returnToQueue' }, done)}
        >
          {t('Back to its place in the queue {{queue}}', { queue: cameFrom })}
        </Button>
      )}
    </form>
  )
}

type TargetsProps = { choices: Choice[]; list: Ref<HTMLFieldSetElement>; done: () => void }

function Targets({ choices, list, done }: TargetsProps) {
  const { send, doing } = useDeskActions()
  const [chosenKey, choose] = useState<string>()
  // Whoever is the only one left is meant.
  const chosen = choices.length === 1 ? choices[0] : choices.find(({ key }) => key === chosenKey)
  const ask = chosen && askOf(chosen)
  return (
    <>
      <fieldset className={css.targets} ref={list} aria-label={t('To whom')}>
        {choices.map((choice) => (
          <Target key={choice.key} choice={choice} isChosen={choice === chosen} choose={choose} />
        ))}
        {choices.length === 0 && <p>{t('Nothing found')}</p>}
      </fieldset>
      <div className={css.handOverButtons}>
        <ActionButton
          variant={ask ? 'filled' : 'default'}
          isSubmit={ask !== undefined}
          label={t('Ask first')}
          whyDisabled={ask ? undefined : whyNotAsked(chosen)}
          isBusy={doing === 'consult'}
          onPress={() => ask && send({ do: 'consult', with: ask }, done)}
        />
        <ActionButton
          variant={ask ? 'default' : 'filled'}
          isSubmit={ask === undefined}
          label={t('Transfer without asking')}
          whyDisabled={chosen ? undefined : t('Choose to whom first')}
          isBusy={doing === 'transfer'}
          onPress={() => chosen && send({ do: 'transfer', to: chosen.to }, done)}
        />
      </div>
    </>
  )
}

function Target(props: { choice: Choice; isChosen: boolean; choose: (key: string) => void }) {
  const { choice, isChosen, choose } = props
  return (
    <label className={css.target}>
      <input type="radio" name="target" checked={isChosen} onChange={() => choose(choice.key)} />
      <span className={css.targetName}>{choice.name}</span>
      <span className={css.targetNote}>{noteOf(choice)}</span>
    </label>
  )
}

function noteOf(choice: Choice): string {
  switch (choice.kind) {
    case 'queue':
      return t('waiting: {{waiting}}, free agents: {{free}}', {
        waiting: choice.waiting,
        free: choice.freeAgents,
      })
    case 'agent':
      return agentStatusText(choice.status)
    case 'outside':
      return t('number outside')
  }
}

function whyNotAsked(choice: Choice | undefined): string {
  if (!choice) return t('Choose to whom first')
  return choice.kind === 'queue' ? t('A queue cannot be asked.') : t('This colleague is not free now.')
}
