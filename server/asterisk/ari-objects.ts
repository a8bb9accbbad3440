/** The part of Asterisk's REST interface (ARI) that we read, as it comes over the wire. */
export type AriChannel = {
  id: string
  name: string
  state: string
  /** Which application of the dialplan it is in, and with what. */
  dialplan: { context?: string; app_name?: string; app_data?: string }
}

export type AriBridge = { id: string; channels: string[] }

/** `online`: a phone has registered, or its address is known. */
export type AriEndpoint = { technology: string; resource: string; state?: string; channel_ids?: string[] }

/** When this engine was started: another moment, another engine. */
export type AriInfo = { status: { startup_time: string } }

export type AriRtpStatistics = { rxcount: number; txcount: number }

/** The events we let through; the filter and this list are the same. */
export const ARI_EVENTS = [
  'StasisStart',
  'ChannelStateChange',
  'ChannelDtmfReceived',
  'ChannelDestroyed',
  'PlaybackFinished',
  'ChannelUserevent',
] as const

export type AriEvent =
  | { type: 'StasisStart'; timestamp: string; args: string[]; channel: AriChannel }
  | { type: 'ChannelStateChange'; timestamp: string; channel: AriChannel }
  | { type: 'ChannelDtmfReceived'; timestamp: string; digit: string; channel: AriChannel }
  | { type: 'ChannelDestroyed'; timestamp: string; cause: number; channel: AriChannel }
  | { type: 'PlaybackFinished'; timestamp: string; playback: { id: string; state: string } }
  | { type: 'ChannelUserevent'; timestamp: string; eventname: string }
