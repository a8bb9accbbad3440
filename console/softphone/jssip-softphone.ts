/**
 * The softphone in a browser: SIP over WebSocket by JsSIP, sound by WebRTC.
 *
 * Each connect starts from nothing, with a new JsSIP user agent. While a line is up
 * it outlives its socket: sound does not pass through the server, so a conversation
 * goes on while that is away. JsSIP brings the socket back, and the engine is then
 * asked over it whether it still has the line.
 */
import { UA, WebSocketInterface } from 'jssip'
import type { PhoneAccess } from '#contract/staff.ts'
import { aLawOnly } from './a-law-only.ts'
import { audioFlow, NO_FLOW } from './audio-flow.ts'
import type { AudioFlow, DownReason, Softphone, SoftphoneState } from './softphone.ts'

/** JsSIP's words for 401 and 407 that our password did not settle, 403, and 404. */
const REFUSED = ['Authentication Error', 'Rejected', 'Not Found']
/** Echo and noise are removed here, because agents sit next to each other. */
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const OFFER = { offerToReceiveAudio: true, offerToReceiveVideo: false }
/** An ICE connection may recover by itself for a moment. */
const ICE_RECOVERS_WITHIN_MS = 3_000

type Listener = Parameters<Softphone['follow']>[0]
type Session = ReturnType<UA['call']>
type Attempt = { ua: UA; session?: Session }

export class JssipSoftphone implements Softphone {
  readonly #loudspeaker: HTMLAudioElement
  #state: SoftphoneState = { state: 'idle' }
  #listener: Listener | undefined
  #microphone: MediaStream | undefined
  #attempt: Attempt | undefined
  #isMuted = false
  /** Grows with each connect and hangUp: a microphone that opens late for an older one dials nothing. */
  #round = 0

  constructor(loudspeaker: HTMLAudioElement) {
    this.#loudspeaker = loudspeaker
  }

  get state(): SoftphoneState {
    return this.#state
  }

  follow(listener: Listener): void {
    this.#listener = listener
  }

  connect(access: PhoneAccess): void {
    this.#letGo()
    const round = ++this.#round
    this.#become({ state: 'calling' })
    openMicrophone(this.#microphone).then(
      (stream) => {
        this.#microphone = stream
        setMuted(stream, this.#isMuted)
        if (round === this.#round) this.#dial(access, stream)
      },
      () => round === this.#round && this.#down('noMicrophone'),
    )
  }

  hangUp(): void {
    this.#round++
    this.#letGo()
    for (const track of this.#microphone?.getTracks() ?? []) track.stop()
    this.#microphone = undefined
    this.#become({ state: 'idle' })
  }

  mute(muted: boolean): void {
    this.#isMuted = muted
    if (this.#microphone) setMuted(this.#microphone, muted)
  }

  async audio(): Promise<AudioFlow> {
    const connection = this.#attempt?.session?.connection
    return connection ? audioFlow(await connection.getStats()) : NO_FLOW
  }

  async letSound(): Promise<void> {
    try {
      await this.#loudspeaker.play()
      this.#listener?.soundBlocked(false)
    } catch {
      // The browser wants a key or a click first; the page asks for one.
      this.#listener?.soundBlocked(true)
    }
  }

  #dial(access: PhoneAccess, stream: MediaStream): void {
    const attempt: Attempt = { ua: userAgent(access) }
    this.#attempt = attempt
    const isCurrent = () => this.#attempt === attempt
    attempt.ua.on('disconnected', () => isCurrent() && this.#state.state !== 'up' && this.#down('lost'))
    attempt.ua.on('connected', () => {
      if (!isCurrent()) return
      if (attempt.session) return meetAgain(attempt.session)
      attempt.session = call(attempt.ua, access, stream)
      this.#follow(attempt.session, isCurrent)
    })
    attempt.ua.start()
  }

  #follow(session: Session, isCurrent: () => boolean): void {
    session.on('sdp', (event) => {
      if (event.type === 'offer') event.sdp = aLawOnly(event.sdp)
    })
    session.on('confirmed', () => isCurrent() && this.#become({ state: 'up' }))
    session.on(
      'failed',
      ({ cause }) => isCurrent() && this.#down(REFUSED.includes(cause) ? 'refused' : 'lost'),
    )
    session.on('ended', () => isCurrent() && this.#down('lost'))
    onConnection(session, (connection) => {
      connection.addEventListener('track', ({ streams, track }) => {
        if (!isCurrent()) return
        this.#loudspeaker.srcObject = streams[0] ?? new MediaStream([track])
        void this.letSound()
      })
      watchIce(connection, () => isCurrent() && this.#down('lost'))
    })
  }

  #down(reason: DownReason): void {
    this.#letGo()
    this.#become({ state: 'down', reason })
  }

  #letGo(): void {
    const ending = this.#attempt
    this.#attempt = undefined
    if (ending?.session && !ending.session.isEnded()) ending.session.terminate()
    ending?.ua.stop()
    this.#loudspeaker.srcObject = null
  }

  #become(state: SoftphoneState): void {
    this.#state = state
    this.#listener?.changed(state)
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
    rtcOfferConstraints: OFFER,
  })
}

/** Tells the engine where we are reached now. A line that it has given up meanwhile ends by this. */
function meetAgain(session: Session): void {
  session.renegotiate({ rtcOfferConstraints: OFFER })
}

/** JsSIP makes the connection inside `call`, or a moment later. */
function onConnection(session: Session, run: (connection: RTCPeerConnection) => void): void {
  if (session.connection) run(session.connection)
  else session.on('peerconnection', ({ peerconnection }) => run(peerconnection))
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
