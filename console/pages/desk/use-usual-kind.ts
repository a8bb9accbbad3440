/** What the classifier says of the topics of a call beside their names. */
import { APPEAL_KINDS, type AppealKind } from '#core/appeals/appeal-kind.ts'
import { useDesk } from '../../desk-api.ts'
import { useTopics } from '../../api.ts'

/** What an appeal about the main topic usually is; nothing where such calls are no appeals. */
export function useUsualKind([main]: readonly string[]): AppealKind | null {
  const topic = useTopics().data?.find(({ code }) => code === main)
  return APPEAL_KINDS.find((kind) => kind === topic?.defaultKind) ?? null
}

/** Who answers questions about the topic of the call at the desk. */
export function useQueueOfTopic(): string | undefined {
  const code = useDesk().data?.caller?.topic
  const topic = useTopics().data?.find((one) => one.code === code)
  return topic?.queue ?? undefined
}
