/** Reads from WebRTC's statistics whether sound flows both ways. */
import type { AudioFlow } from './softphone.ts'

export const NO_FLOW: AudioFlow = { packetsReceived: 0, packetsSent: 0, levelReceived: 0, levelSent: 0 }

type Stat = {
  type: string
  kind?: string
  packetsReceived?: number
  packetsSent?: number
  audioLevel?: number
}

export function audioFlow(report: { forEach(each: (stat: Stat) => void): void }): AudioFlow {
  const flow = { ...NO_FLOW }
  report.forEach((stat) => {
    if (stat.kind !== 'audio') return
    if (stat.type === 'inbound-rtp') {
      flow.packetsReceived += stat.packetsReceived ?? 0
      flow.levelReceived = Math.max(flow.levelReceived, stat.audioLevel ?? 0)
    }
    if (stat.type === 'outbound-rtp') flow.packetsSent += stat.packetsSent ?? 0
    if (stat.type === 'media-source') flow.levelSent = Math.max(flow.levelSent, stat.audioLevel ?? 0)
  })
  return flow
}
