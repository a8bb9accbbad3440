import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { inMyLanguage, t } from '../../i18n.ts'
import { useTopicNames } from '../../use-topic-names.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './editor.module.css'
import { useEditing } from './flow-editing.ts'
import { SayButton } from './PlayButton.tsx'
import { beginTrial, hear, press, type Trial, type TrialLine, waitOut } from './trial.ts'

const KEYPAD = '123456789*0#'.split('')

/** A telephone in the browser: the same interpreter that walks callers, told of keys by whoever tries the menu. */
export function TrialPanel({ trial, put }: { trial: Trial; put: (trial: Trial) => void }) {
  const { lines, run, waitSeconds } = trial
  const why = run.ended ? t('The walk through the menu has ended.') : undefined
  const isSpeaking = run.awaited.for === 'prompts'
  return (
    <div className={css.fields}>
      <div className={css.keypad} role="group" aria-label={t('Keys of the telephone')}>
        {KEYPAD.map((key) => (
          <Button
            key={key}
            variant="default"
            aria-disabled={run.ended}
            aria-label={t('Key {{key}}', { key })}
            onClick={() => put(press(trial, key))}
          >
            {key}
          </Button>
        ))}
      </div>
      <div className={css.actions}>
        <ActionButton
          label={t('Heard to the end')}
          size="xs"
          variant="default"
          whyDisabled={why ?? (isSpeaking ? undefined : t('Nothing is being said now.'))}
          onPress={() => put(hear(trial))}
        />
        <ActionButton
          label={t('Press nothing')}
          size="xs"
          variant="default"
          hint={!isSpeaking && !run.ended ? t('{{seconds}} s', { seconds: waitSeconds }) : undefined}
          whyDisabled={why}
          onPress={() => put(waitOut(trial))}
        />
        <ActionButton
          label={t('From the beginning')}
          size="xs"
          variant="default"
          onPress={() => put(beginTrial(trial.flow))}
        />
      </div>
      <Lines lines={lines} />
    </div>
  )
}

function Lines({ lines }: { lines: readonly TrialLine[] }) {
  const log = useRef<HTMLDivElement>(null)
  const count = lines.length
  useEffect(() => {
    if (count > 0) log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [count])
  return (
    <div ref={log} className={css.log} role="log" aria-label={t('What the caller hears')}>
      <ol className={css.trial}>
        {lines.map((line, place) => (
          // Lines are only ever added.
          <li key={place} data-is={line.is}>
            <Line line={line} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Line({ line }: { line: TrialLine }) {
  const { show } = useEditing()
  switch (line.is) {
    case 'pressed':
      return <span>{t('Pressed {{key}}', { key: line.key })}</span>
    case 'silence':
      return <span>{t('Nothing for {{seconds}} s', { seconds: line.seconds })}</span>
    case 'answered':
      return <span>{t('The call is answered')}</span>
    case 'ended':
      return (
        <b>
          <End by={line.by} />
        </b>
      )
    case 'said':
      return (
        <>
          <div className={css.sound}>
            <SayButton say={line.say} />
            <button type="button" className={css.plain} onClick={() => show(line.node)}>
              {line.node}
            </button>
          </div>
          {line.say.map(({ language, text }, place) => (
            // The same sentence may be said twice.
            <div key={`${place} ${language}`} lang={language}>
              {text}
            </div>
          ))}
        </>
      )
  }
}

function End({ by }: { by: Extract<TrialLine, { is: 'ended' }>['by'] }) {
  const { queues } = useEditing()
  const topicName = useTopicNames()
  switch (by.do) {
    case 'takeMessage':
      return t('The caller leaves a message after the tone.')
    case 'hangUp':
      return t('The call is ended.')
    case 'enterQueue': {
      const row = queues.find(({ queue }) => queue === by.queue)
      const queue = row ? inMyLanguage(row.names) : by.queue
      return [
        t('Joins the queue “{{queue}}”', { queue }),
        by.language === 'ru' ? t('Russian') : t('Uzbek'),
        by.topic && topicName(by.topic),
        by.priority && t('priority {{steps}}', { steps: by.priority }),
      ]
        .filter(Boolean)
        .join(', ')
    }
  }
}
