/**
 * The softphone in a browser: SIP over WebSocket by JsSIP, sound by WebRTC.
 *
 * Each connect starts from nothing, with a new JsSIP user agent: its own
 * recovery would bring back the socket but not the call.
 */
import { UA, WebSocketInterface } from 'jssip'
import type { PhoneAccess } from '#contract/staff.ts'
import { aLawOnly } from './a-law-only.ts'
import { audioFlow, NO_FLOW } from './audio-flow.ts'
import type { Softphone, SoftphoneState } from './softphone.ts'

/** JsSIP's word for a 401 or 407 that our password did not settle. */
const AUTHENTICATION_FAILED = 'Authentication Error'
const REFUSED_BY_ENGINE = [AUTHENTICATION_FAILED, 'Rejected', 'Not Found', 'Address Incomplete']
/** Echo and noise are removed here, because agents sit next to each other. */
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
/** An ICE connection may recover by itself for a moment. */
const ICE_RECOVERS_WITHIN_MS = 3_000

type Listener = Parameters<Softphone['follow']>[0]
type Session = ReturnType<UA['call']>

export function jssipSoftphone(loudspeaker: HTMLAudioElement): Softphone {
  let state: SoftphoneState = { state: 'idle' }
  let listener: Listener | undefined
  let microphone: MediaStream | undefined
  let attempt: { ua: UA; session?: Session } | undefined
  let isMuted = false
  let connects = 0

  function become(next: SoftphoneState): void {
    state = next
    listener?.changed(next)
  }

  function letGo(): void {
    const ending = attempt
    attempt = undefined
    if (ending) end(ending)
    loudspeaker.srcObject = null
  }

  function down(reason: 'refused' | 'lost' | 'noMicrophone'): void {
    letGo()
    become({ state: 'down', reason })
  }

  async function letSound(): Promise<void> {
    try {
      await loudspeaker.play()
      listener?.soundBlocked(false)
    } catch {
      // The browser wants a key or a click first; the page asks for one.
      listener?.soundBlocked(true)
    }
  }

  function dial(access: PhoneAccess, stream: MediaStream): void {
    const ua = userAgent(access)
    const mine = { ua }
    attempt = mine
    const isCurrent = () => attempt === mine
    ua.on('disconnected', () => isCurrent() && down('lost'))
    ua.on('connected', () => {
      if (!isCurrent() || attempt?.session) return
      attempt = Object.assign(mine, { session: call(ua, access, stream) })
      follow(attempt.session as Session, isCurrent)
    })
    ua.start()
  }

  function follow(session: Session, isCurrent: () => boolean): void {
    session.on('sdp', (event) => {
      if (event.type === 'offer') event.sdp = aLawOnly(event.sdp)
    })
    session.on('confirmed', () => isCurrent() && become({ state: 'up' }))
    session.on('failed', ({ cause }) => isCurrent() && down(REFUSED_BY_ENGINE.includes(cause) ? 'refused' : 'lost'))
    session.on('ended', () => isCurrent() && down('lost'))
    whenConnectionIsThere(session, (connection) => {
      connection.addEventListener('track', ({ streams, track }) => {
        loudspeaker.srcObject = streams[0] ?? new MediaStream([track])
        void letSound()
      })
      watchIce(connection, () => isCurrent() && down('lost'))
    })
  }

  return {
    get state() {
      return state
    },

    connect(access) {
      letGo()
      const mine = ++connects
      become({ state: 'calling' })
      openMicrophone(microphone).then(
        (stream) => {
          microphone = stream
          setMuted(stream, isMuted)
          if (mine === connects) dial(access, stream)
        },
        () => mine === connects && down('noMicrophone'),
      )
    },

    hangUp() {
      connects++
      letGo()
      for (const track of microphone?.getTracks() ?? []) track.stop()
      microphone = undefined
      become({ state: 'idle' })
    },

    mute(muted) {
      isMuted = muted
      if (microphone) setMuted(microphone, muted)
    },

    async audio() {
      const connection = attempt?.session?.connection
      return connection ? audioFlow(await connection.getStats()) : NO_FLOW
    },

    letSound,

    follow(next) {
      listener = next
    },
  }
}

function userAgent({ username, password, domain, socketPath }: PhoneAccess): UA {
  const origin = location.origin.replace(/^http/, 'ws')
  return new UA({
    sockets: new WebSocketInterface(`${origin}${socketPath}`),
    uri: `sip:${username}@${domain}`,
    authorization_user: username,
    password,
    register: false,
    // The line stays up for a whole shift; nobody else refreshes it.
    session_timers: false,
  })
}

function call(ua: UA, { lineUri }: PhoneAccess, mediaStream: MediaStream): Session {
  return ua.call(lineUri, {
    mediaStream,
    mediaConstraints: { audio: true, video: false },
    pcConfig: { iceServers: [] },
    rtcOfferConstraints: { offerToReceiveAudio: true, offerToReceiveVideo: false },
  })
}

function end({ ua, session }: { ua: UA; session?: Session }): void {
  if (session && !session.isEnded()) session.terminate()
  ua.stop()
}

/** JsSIP makes the connection inside `call`, or a moment later. */
function whenConnectionIsThere(session: Session, use: (connection: RTCPeerConnection) => void): void {
  if (session.connection) use(session.connection)
  else session.on('peerconnection', ({ peerconnection }) => use(peerconnection))
}

function watchIce(connection: RTCPeerConnection, lost: () => void): void {
  connection.addEventListener('iceconnectionstatechange', () => {
    const state = connection.iceConnectionState
    if (state === 'failed') lost()
    if (state !== 'disconnected') return
    setTimeout(() => connection.iceConnectionState === 'disconnected' && lost(), ICE_RECOVERS_WITHIN_MS)
  })
}

async function openMicrophone(known: MediaStream | undefined): Promise<MediaStream> {
  if (known?.getAudioTracks().some((track) => track.readyState === 'live')) return known
  // Absent where the page is neither https nor localhost.
  if (!navigator.mediaDevices) throw new Error('This page may not use a microphone')
  return await navigator.mediaDevices.getUserMedia({ audio: MICROPHONE, video: false })
}

function setMuted(stream: MediaStream, muted: boolean): void {
  for (const track of stream.getAudioTracks()) track.enabled = !muted
}
