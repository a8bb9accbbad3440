/** From what a trunk claims about the caller to what we keep: text made harmless, the number normalised, the raw text beside it. */
import { asPlainText } from '#core/text/hostile-text.ts'
import { type NumberFormat, normaliseCaller } from '#core/text/phone-number.ts'
import type { Caller } from './events.ts'
import type { ClaimedCaller } from './ports.ts'

const RAW_NUMBER_MAX = 128
const NAME_MAX = 128
const USER_AGENT_MAX = 256

export function knownCaller(claimed: ClaimedCaller, format?: NumberFormat): Caller {
  const number = normaliseCaller(claimed, format)
  const name = claimed.name && plain(claimed.name, NAME_MAX)
  const userAgent = claimed.userAgent && plain(claimed.userAgent, USER_AGENT_MAX)
  return {
    raw: plain(number.raw, RAW_NUMBER_MAX),
    confidence: number.confidence,
    ...(number.e164 && { e164: number.e164 }),
    ...(name && { name }),
    ...(userAgent && { userAgent }),
  }
}

const plain = (text: string, max: number) => asPlainText(text, max).text
