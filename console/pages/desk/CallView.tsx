import { Alert } from '@mantine/core'
import { useCallback, useEffect, useEffectEvent, useRef } from 'react'
import type { Desk } from '#contract/calls.ts'
import { t } from '../../i18n.ts'
import type { LineView } from '../../softphone/line-keeper.ts'
import { CallerPanel } from './CallerPanel.tsx'
import { CALL_PARTS, CallParts } from './CallParts.tsx'
import { CallStrip } from './CallStrip.tsx'
import css from './desk.module.css'
import { useDraft } from './draft.ts'
import { FaqPanel } from './FaqPanel.tsx'
import { ScriptPanel } from './ScriptPanel.tsx'
import { WrapUpForm } from './WrapUpForm.tsx'

/**
 * A call and its wrap-up are one page: what is filled in while talking stays where it is
 * when the citizen hangs up, and nothing moves under the agent's hands.
 */
export function CallView(props: { desk: Desk; call: NonNullable<Desk['call']>; line: LineView }) {
  const { desk, call, line } = props
  const { caller } = desk
  const [draft, change] = useDraft(call.id, caller?.topic ?? null)
  const form = useRef<HTMLDivElement>(null)

  const isOver = call.endedAt !== null
  // The outcome is a key away; a topic has to be looked for.
  const goToFirstField = useEffectEvent(() => {
    const first = draft.topics.length === 0 ? '[role=combobox]' : 'input'
    if (!isTyping(document.activeElement)) form.current?.querySelector<HTMLElement>(first)?.focus()
  })
  useEffect(() => {
    if (isOver) goToFirstField()
  }, [isOver])
  // What he looked up to answer is what the call was about, while nothing else is said.
  const hasTopic = draft.topics.length > 0
  const topicOpened = useCallback(
    (topic: string) => {
      if (!hasTopic) change({ topics: [topic] })
    },
    [hasTopic, change],
  )
  const choose = useCallback((citizen: string | null) => change({ citizen }), [change])

  return (
    <>
      <div className={css.head}>
        <CallStrip desk={desk} call={call} draft={draft} />
        <CallParts hasScript={call.state !== 'helping'} />
      </div>
      {!isOver && line.state !== 'proven' && line.state !== 'checking' && (
        <Alert color="red" role="alert" m="md" title={t('Your line was lost')}>
          {t(
            'The caller hears music and is given back to you as soon as the line is up. It is being dialled again.',
          )}
        </Alert>
      )}
      <div className={css.call}>
        <ScriptPanel
          call={call.id}
          caller={caller}
          draft={draft}
          change={change}
          isMine={call.state !== 'helping'}
        />
        <div className={css.column} ref={form} id={CALL_PARTS.wrapUp}>
          {call.state === 'helping' ? (
            <HelpingNote asker={call.other?.name ?? ''} />
          ) : (
            <WrapUpForm call={call.id} caller={caller} draft={draft} change={change} />
          )}
        </div>
        <div className={`${css.column} ${css.beside}`}>
          {caller && <CallerPanel caller={caller} citizen={draft.citizen} choose={choose} />}
          <div id={CALL_PARTS.answers}>
            <FaqPanel
              call={call.id}
              topic={draft.topics[0]}
              language={caller?.language ?? 'uz'}
              opened={topicOpened}
            />
          </div>
        </div>
      </div>
    </>
  )
}

function isTyping(where: Element | null): boolean {
  return where?.matches('textarea, input:not([type=checkbox], [type=radio])') ?? false
}

/** Whoever helps has nothing to write down, unless the citizen becomes his. */
function HelpingNote({ asker }: { asker: string }) {
  return (
    <Alert title={t('You help {{name}} with this call', { name: asker })}>
      {t(
        '{{name}} writes it down. Once the citizen is handed over to you, the call is yours, and so is the wrap-up.',
        { name: asker },
      )}
    </Alert>
  )
}
