import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CallRow } from '#contract/calls.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { duration, timeOfDay } from '#core/text/uzbek-dates.ts'
import { useCalls } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { callLanguageText, callStatusText, lostText, recordingText } from '../../call-words.ts'
import { nearDay } from '../../format.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Page } from '../../ui/Page.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { useOutcomeNames } from '../../use-outcome-names.ts'
import { useSearchWords } from '../../use-search.ts'
import { useTopicNames } from '../../use-topic-names.ts'

export function CallsPage() {
  const [search, setSearch] = useSearchWords(paths.calls())
  const calls = useCalls(search)
  const columns = callColumns(useTopicNames(), serverNow())
  return (
    <Page
      title={t('Calls')}
      aside={<SearchField label={t('Search by number or agent')} value={search} search={setSearch} />}
    >
      <Surface>
        <Asked query={calls}>
          {({ pages }) => (
            <Table
              caption={t('Calls, newest first')}
              columns={columns}
              rows={pages.flat()}
              rowKey={({ id }) => id}
              empty={search === '' ? t('There are no calls yet.') : t('Nothing found')}
            />
          )}
        </Asked>
        {calls.hasNextPage && (
          <Button
            variant="default"
            mt="md"
            loading={calls.isFetchingNextPage}
            onClick={() => void calls.fetchNextPage()}
          >
            {t('Show earlier ones')}
          </Button>
        )}
      </Surface>
    </Page>
  )
}

function callColumns(topicName: (code: string) => string, now: number): Column<CallRow>[] {
  return [
    {
      header: t('Arrived'),
      isNumber: true,
      cell: (call) => (
        <Link to={paths.call(call.id)}>
          {nearDay(tashkentDay(call.arrivedAt), now)}, {timeOfDay(call.arrivedAt)}
        </Link>
      ),
    },
    { header: t('Number'), isNumber: true, cell: (call) => call.number || t('Number hidden') },
    { header: t('Language'), cell: (call) => call.language && callLanguageText(call.language) },
    { header: t('Queue'), cell: (call) => (call.queueNames ? inMyLanguage(call.queueNames) : call.queue) },
    { header: t('Topic'), cell: (call) => call.topic && topicName(call.topic) },
    { header: t('Agent'), cell: (call) => call.agentName },
    {
      header: t('Waited'),
      isNumber: true,
      cell: (call) => call.waitSeconds !== null && duration(call.waitSeconds),
    },
    {
      header: t('Talked'),
      isNumber: true,
      cell: (call) => call.talkSeconds !== null && duration(call.talkSeconds),
    },
    { header: t('Result'), cell: (call) => <Result call={call} /> },
    { header: t('Recording'), cell: (call) => call.recording && recordingText(call.recording) },
  ]
}

function Result({ call }: { call: CallRow }) {
  const outcomeName = useOutcomeNames()
  if (call.lostReason) return <Tone tone="bad">{lostText(call.lostReason)}</Tone>
  if (call.outcome) {
    const isOpen = call.outcome === 'unresolved' || call.outcome === 'disputed'
    return <Tone tone={isOpen ? 'warn' : 'quiet'}>{outcomeName(call.outcome)}</Tone>
  }
  return <Tone tone="accent">{callStatusText(call.status)}</Tone>
}
