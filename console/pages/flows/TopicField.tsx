import { NativeSelect } from '@mantine/core'
import type { TopicCode } from '#core/lib/ids.ts'
import { t } from '../../i18n.ts'
import { topicText } from '../../topics.ts'
import { useEditing } from './flow-editing.ts'

/** Of the topics that can be chosen now; one that was taken out of use stays until another is chosen. */
export function TopicField(props: {
  label: string
  topic: TopicCode | undefined
  problem: string | undefined
  change: (topic: TopicCode | undefined) => void
}) {
  const { change, label, problem, topic } = props
  const topics = useEditing().topics.filter(({ code, retired }) => !retired || code === topic)
  const isKnown = topic === undefined || topics.some(({ code }) => code === topic)
  return (
    <NativeSelect
      label={label}
      value={topic ?? ''}
      error={problem}
      data={[
        { value: '', label: t('none') },
        ...(isKnown ? [] : [{ value: String(topic), label: String(topic) }]),
        ...topics.map(({ code, names }) => ({ value: String(code), label: `${code} ${topicText(names)}` })),
      ]}
      onChange={(event) => change((event.currentTarget.value || undefined) as TopicCode | undefined)}
    />
  )
}
