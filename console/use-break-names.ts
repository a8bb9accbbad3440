import { SYSTEM_BREAK_REASONS } from '#core/calls/call.ts'
import { useAgentTime } from './api.ts'
import { systemBreakText } from './call-words.ts'
import { inMyLanguage, t } from './i18n.ts'

/** What a break is called: by us if it is the system's, by the organisation if it is one of hers; its code until those have come. */
export function useBreakNames(): (reason: string | null) => string {
  const time = useAgentTime().data
  return (reason) => {
    if (reason === null) return t('On a break')
    const system = SYSTEM_BREAK_REASONS.find((one) => one === reason)
    if (system) return systemBreakText(system)
    const own = [...(time?.breaks ?? []), ...(time?.earlierBreaks ?? [])].find(({ code }) => code === reason)
    return own ? inMyLanguage(own.names) : reason
  }
}
