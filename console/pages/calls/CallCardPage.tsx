import { Link } from '@tanstack/react-router'
import type { CallCard } from '#contract/calls.ts'
import type { CallEnder } from '#core/calls/call.ts'
import { unreachable } from '#core/lib/assert.ts'
import { duration, shortMoment, timeOfDay } from '#core/text/uzbek-dates.ts'
import { useCall } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { callLanguageText, callStatusText, lostText, offerEndText } from '../../call-words.ts'
import { exactTime } from '../../format.ts'
import { inMyLanguage, myTextLanguage, t } from '../../i18n.ts'
import { pathText } from '../../menu-path.ts'
import { paths } from '../../paths.ts'
import { PromisedCalls } from '../../PromisedCalls.tsx'
import { SentMessages } from '../../SentMessages.tsx'
import { Column, Columns } from '../../ui/Columns.tsx'
import { type Fact, Facts } from '../../ui/Facts.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { useOutcomeNames } from '../../use-outcome-names.ts'
import { useTopicNames } from '../../use-topic-names.ts'
import { TellColleagues } from '../chat/TellColleagues.tsx'
import css from './calls.module.css'
import { eventText } from './event-text.ts'
import { ScriptParts } from './ScriptParts.tsx'
import { RecordingPanel } from './RecordingPanel.tsx'
import { ShownKnowledge } from './ShownKnowledge.tsx'

export function CallCardPage({ id }: { id: string }) {
  return <Asked query={useCall(id)}>{(call) => <Card call={call} />}</Asked>
}

function Card({ call }: { call: CallCard }) {
  const outcomeName = useOutcomeNames()
  const names = {
    topic: useTopicNames(),
    queue: (id: string) => queueText(call, id),
    choices: call.choiceNames,
  }
  return (
    <Page
      title={`${call.number || t('Number hidden')}, ${shortMoment(call.arrivedAt)}`}
      aside={
        <>
          <TellColleagues about={{ call: call.id }} />
          <Link to={paths.calls()}>{t('All calls')}</Link>
        </>
      }
    >
      <Columns first={1.2}>
        <Column>
          <RecordingPanel call={call} />
          <Surface title={t('Outcome')}>
            <Facts facts={outcomeFacts(call, outcomeName)} />
          </Surface>
          <ScriptParts legs={call.legs} />
          <Surface title={t('Facts')}>
            <Facts facts={callFacts(call)} />
          </Surface>
        </Column>
        <Column>
          <Surface title={t('Offers and talk')}>
            <OffersAndTalk call={call} />
          </Surface>
          {call.callbacks.length > 0 && (
            <Surface title={t('Callbacks')}>
              <PromisedCalls callbacks={call.callbacks} />
            </Surface>
          )}
          {call.messages.length > 0 && (
            <Surface title={t('SMS to the caller')}>
              <SentMessages messages={call.messages} />
            </Surface>
          )}
          <ShownKnowledge call={call.id} />
          <Surface title={t('What happened')}>
            <Timeline
              moments={call.timeline.map((event) => ({
                at: event.at,
                time: exactTime(event.at),
                text: eventText(event, names),
                by: event.actorName ?? undefined,
              }))}
            />
          </Surface>
        </Column>
      </Columns>
    </Page>
  )
}

function outcomeFacts(call: CallCard, outcomeName: ReturnType<typeof useOutcomeNames>): Fact[] {
  return [
    { name: t('Status'), value: callStatusText(call.status) },
    { name: t('Lost'), value: call.lostReason && lostText(call.lostReason) },
    { name: t('Outcome'), value: call.outcome && outcomeName(call.outcome) },
    {
      name: t('Topics'),
      value: call.topics.length > 0 && (
        <span lang={myTextLanguage()}>
          {call.topics.map(({ code, names }) => `${code} ${inMyLanguage(names)}`).join('; ')}
        </span>
      ),
    },
    { name: t('Note'), value: call.note },
    { name: t('Citizen'), value: call.citizen?.name },
    {
      name: t('Appeals'),
      value:
        call.appeals.length > 0 &&
        call.appeals.map(({ id, number }) => (
          <Link key={id} to={paths.appeal(id)} style={{ marginInlineEnd: '0.6rem' }}>
            {number}
          </Link>
        )),
    },
  ].map((fact) => ({ ...fact, value: fact.value || null }))
}

function callFacts(call: CallCard): Fact[] {
  const seconds = (value: number | null) => (value === null ? null : duration(value))
  return [
    { name: t('Language'), value: call.language && callLanguageText(call.language) },
    { name: t('Queue'), value: call.queue && queueText(call, call.queue) },
    { name: t('Earlier call in this matter'), value: call.previous && <CallLink id={call.previous} /> },
    { name: t('Called back'), value: call.next && <CallLink id={call.next} /> },
    { name: t('Agent'), value: call.agentName },
    { name: t('Waited'), value: seconds(call.waitSeconds) },
    { name: t('Talked'), value: seconds(call.talkSeconds) },
    { name: t('On hold'), value: seconds(call.holdSeconds) },
    { name: t('Ended by'), value: call.endedBy && endedByText(call.endedBy) },
    { name: t('Way through the menu'), value: pathText(call.path, call.choiceNames) },
    { name: t('Keys pressed'), value: call.keys },
    { name: t('Number dialled'), value: call.did },
    { name: t('Trunk'), value: call.trunk },
    { name: t('Number as it was sent'), value: call.callerRaw },
    { name: t('Name sent by the network'), value: call.callerName },
  ]
}

function CallLink({ id }: { id: string }) {
  return <Link to={paths.call(id)}>{t('Open the call')}</Link>
}

function queueText({ queue, queueNames }: CallCard, id: string): string {
  return queue === id && queueNames ? inMyLanguage(queueNames) : id
}

function endedByText(by: CallEnder): string {
  switch (by) {
    case 'citizen':
      return t('the citizen')
    case 'agent':
      return t('the agent')
    case 'system':
      return t('the system')
    case 'engine':
      return t('a failure of the telephone engine')
    default:
      return unreachable(by)
  }
}

function OffersAndTalk({ call }: { call: CallCard }) {
  if (call.offers.length + call.talk.length === 0)
    return <p style={{ margin: 0 }}>{t('The call reached no agent.')}</p>
  return (
    <ul className={css.list}>
      {call.offers.map(({ agentName, offeredAt, endedAs }) => (
        <li key={`offer ${offeredAt}`}>
          {timeOfDay(offeredAt)} · {t('offered to {{agent}}', { agent: agentName })}
          {endedAs && `: ${offerEndText(endedAs)}`}
        </li>
      ))}
      {call.talk.map(({ agentName, startedAt, endedAt }) => (
        <li key={`talk ${startedAt}`}>
          {timeOfDay(startedAt)} · {t('talked with {{agent}}', { agent: agentName })}
          {endedAt !== null && `: ${duration((endedAt - startedAt) / 1000)}`}
        </li>
      ))}
    </ul>
  )
}
