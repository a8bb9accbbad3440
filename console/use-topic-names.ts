import { useTopics } from './api.ts'
import { topicText } from './topics.ts'

/** The name of a topic by its code; the code itself until the classifier has come. */
export function useTopicNames(): (code: string) => string {
  const topics = useTopics().data
  return (code) => {
    const topic = topics?.find((one) => one.code === code)
    return topic ? topicText(topic.names) : code
  }
}
