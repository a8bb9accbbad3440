/**
 * Narrows an SDP offer's audio to A-law and telephone events, so that nothing is
 * transcoded between the citizen's trunk and the agent's ear (RFC 3551: PCMA is
 * payload 8). The answer can then only choose these, and the browser follows it.
 */
export function aLawOnly(sdp: string): string {
  const lines = sdp.split('\r\n')
  const kept = new Set(['8', ...telephoneEvents(lines)])
  return lines
    .flatMap((line) => {
      if (line.startsWith('m=audio')) return [withPayloads(line, kept)]
      const payload = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line)?.[1]
      return payload !== undefined && !kept.has(payload) ? [] : [line]
    })
    .join('\r\n')
}

/** Only at the rate of A-law: a 48 kHz clock of events belongs to Opus. */
function telephoneEvents(lines: string[]): string[] {
  return lines.flatMap((line) => /^a=rtpmap:(\d+) telephone-event\/8000/.exec(line)?.[1] ?? [])
}

function withPayloads(media: string, kept: Set<string>): string {
  const [kind = '', port = '', protocol = '', ...payloads] = media.split(' ')
  const left = payloads.filter((payload) => kept.has(payload))
  // An offer without A-law comes from no browser we know; it is sent as it is and the engine refuses it aloud.
  return left.includes('8') ? [kind, port, protocol, ...left].join(' ') : media
}
