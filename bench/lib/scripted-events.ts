/** What an engine reports of citizens who come, press keys and go, one event after another. */
export type Stretch = { perSecond: number; seconds: number }
export type SentEvents = { arrived: number; digits: number; hungUp: number }

/** As many at once as the largest contract has lines. */
const CALLS = 300
/** Of each call; then it ends, and another comes in its place. */
const DIGITS = 50

type Standing = { call: string; channel: string; digits: number }

/** Gives the next event as it goes over the wire. Of each call the digits go 0, 1, … 9, 0, …, so that their order can be checked. */
export function scriptedEvents(round: string): (sent: SentEvents, timestamp: string) => string {
  const standing: (Standing | undefined)[] = Array.from({ length: CALLS }, () => undefined)
  let place = 0
  let count = 0

  return (sent, timestamp) => {
    place = (place + 1) % CALLS
    const one = standing[place]
    if (!one) {
      const next = { call: `${round}.${++count}`, channel: `channel-${round}.${count}`, digits: 0 }
      standing[place] = next
      sent.arrived++
      return arrived(next, timestamp)
    }
    if (one.digits === DIGITS) {
      standing[place] = undefined
      sent.hungUp++
      return wire({
        type: 'ChannelDestroyed',
        timestamp,
        cause: 16,
        cause_txt: 'Normal Clearing',
        channel: channelOf(one),
      })
    }
    sent.digits++
    const digit = String(one.digits++ % 10)
    return wire({ type: 'ChannelDtmfReceived', timestamp, digit, duration_ms: 100, channel: channelOf(one) })
  }
}

function arrived(one: Standing, timestamp: string): string {
  const args = ['arrived', one.call, 'demo', '1195', String(Date.parse(timestamp)), '+998901234567']
  return wire({ type: 'StasisStart', timestamp, args, channel: channelOf(one) })
}

function wire(event: object): string {
  return JSON.stringify({ ...event, application: 'javob', asterisk_id: '02:42:ac:11:00:02' })
}

/** As large as a channel is when Asterisk tells of it. */
function channelOf({ call, channel }: Standing) {
  return {
    id: channel,
    name: `PJSIP/trunk-demo-${channel}`,
    state: 'Up',
    protocol_id: `${call}@127.0.0.1`,
    caller: { name: '', number: '+998901234567' },
    connected: { name: '', number: '' },
    accountcode: '',
    dialplan: {
      context: 'javob-in',
      exten: '1195',
      priority: 12,
      app_name: 'Stasis',
      app_data: 'javob,arrived',
    },
    creationtime: '2026-11-25T10:00:00.000+0000',
    language: 'en',
  }
}
