/**
 * The live stream: what the server says without being asked, put where the
 * pages read it. It heals by itself: after each reconnect the first messages
 * are the whole state, and everything that may have changed meanwhile is asked
 * for again.
 *
 * A network that was pulled out says nothing, so a stream that has been quiet
 * for a while is checked with an ordinary request.
 */
import type { QueryClient } from '@tanstack/react-query'
import type { LiveMessage, Wallboard } from '#contract/live.ts'
import { putDesk } from './desk-api.ts'
import { forgetEverything, keys } from './api.ts'
import { chatMessageCame, chatReadCame, chatRoomsChanged } from './chat-api.ts'
import { learningChanged } from './learning-api.ts'
import { setServerTime } from './server-clock.ts'
import { createStore } from './store.ts'

/** A hiccup shorter than this is not worth a banner. */
const LOST_SHOWN_AFTER_MS = 1_500
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 10_000
const QUIET_CHECKED_EVERY_MS = 20_000
const CHECK_TIMEOUT_MS = 5_000

export type SignedOutReason = Extract<LiveMessage, { type: 'signedOut' }>['reason']

/** Whether the banner shows. */
export const liveIsLost = createStore(false)
/** Why the server ended the sign-in, for the sign-in page to say. */
export const signedOutReason = createStore<SignedOutReason | undefined>(undefined)

/** Follows the stream until the returned function is called. */
export function followLive(client: QueryClient): () => void {
  let stream: EventSource | undefined
  let retryMs = RETRY_FIRST_MS
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let bannerTimer: ReturnType<typeof setTimeout> | undefined
  let heardAt = Date.now()
  let wasLost = false

  function open(): void {
    clearTimeout(retryTimer)
    stream?.close()
    stream = new EventSource('/api/live')
    stream.onopen = () => {
      heardAt = Date.now()
      retryMs = RETRY_FIRST_MS
      clearTimeout(bannerTimer)
      bannerTimer = undefined
      liveIsLost.set(false)
      if (wasLost) askAgain(client)
      wasLost = false
    }
    stream.onmessage = ({ data }) => {
      heardAt = Date.now()
      receive(client, JSON.parse(data as string) as LiveMessage)
    }
    stream.onerror = lost
  }

  function lost(): void {
    wasLost = true
    stream?.close()
    bannerTimer ??= setTimeout(() => liveIsLost.set(true), LOST_SHOWN_AFTER_MS)
    clearTimeout(retryTimer)
    retryTimer = setTimeout(() => void reopen(), retryMs)
    retryMs = Math.min(retryMs * 2, RETRY_MAX_MS)
  }

  async function reopen(): Promise<void> {
    // The stream cannot tell why it was refused; an ordinary request can.
    if ((await reach()) === 'signedOut') forgetEverything(client)
    else open()
  }

  async function checkQuiet(): Promise<void> {
    if (wasLost || Date.now() - heardAt < QUIET_CHECKED_EVERY_MS) return
    if ((await reach()) === 'away') lost()
  }

  // A browser may keep a page that was left, with its stream: six of them are all the connections it has to one server.
  const hidden = () => stream?.close()
  function shown({ persisted }: PageTransitionEvent): void {
    if (!persisted) return
    wasLost = true
    open()
  }

  const quietTimer = setInterval(() => void checkQuiet(), QUIET_CHECKED_EVERY_MS / 2)
  const backOnline = () => wasLost && open()
  window.addEventListener('online', backOnline)
  window.addEventListener('offline', lost)
  window.addEventListener('pagehide', hidden)
  window.addEventListener('pageshow', shown)
  open()

  return () => {
    clearInterval(quietTimer)
    clearTimeout(retryTimer)
    clearTimeout(bannerTimer)
    window.removeEventListener('online', backOnline)
    window.removeEventListener('offline', lost)
    window.removeEventListener('pagehide', hidden)
    window.removeEventListener('pageshow', shown)
    stream?.close()
    liveIsLost.set(false)
  }
}

function receive(client: QueryClient, message: LiveMessage): void {
  switch (message.type) {
    case 'desk':
      setServerTime(message.desk.serverTime)
      putDesk(client, message.desk)
      break
    case 'wallboard':
      receiveWallboard(client, message.wallboard)
      break
    case 'callChanged':
      void client.invalidateQueries({ queryKey: keys.calls })
      void client.invalidateQueries({ queryKey: keys.call(message.call) })
      void client.invalidateQueries({ queryKey: keys.toClassify })
      break
    case 'callbacksChanged':
      void client.invalidateQueries({ queryKey: keys.callbacks })
      break
    case 'appealChanged':
      void client.invalidateQueries({ queryKey: keys.appeals })
      void client.invalidateQueries({ queryKey: keys.appeal(message.appeal) })
      break
    case 'citizenChanged':
      void client.invalidateQueries({ queryKey: keys.citizens })
      void client.invalidateQueries({ queryKey: keys.citizen(message.citizen) })
      break
    case 'chatMessage':
      chatMessageCame(client, message.message)
      break
    case 'chatRead':
      chatReadCame(client, message.room, message.upTo)
      break
    case 'chatRoomsChanged':
      chatRoomsChanged(client)
      break
    case 'learningChanged':
      learningChanged(client)
      break
    case 'choicesChanged':
      void client.invalidateQueries({ queryKey: keys[message.of] })
      break
    case 'signedOut':
      signedOutReason.set(message.reason)
      forgetEverything(client)
      break
  }
}

function receiveWallboard(client: QueryClient, wallboard: Wallboard): void {
  const before = client.getQueryData<Wallboard>(keys.wallboard)
  client.setQueryData(keys.wallboard, wallboard)
  if (before?.openAlarms !== wallboard.openAlarms) void client.invalidateQueries({ queryKey: keys.alarms })
}

function askAgain(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] })
}

async function reach(): Promise<'here' | 'signedOut' | 'away'> {
  try {
    const { status } = await fetch('/api/me', { signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) })
    if (status === 401) return 'signedOut'
    return status < 500 ? 'here' : 'away'
  } catch {
    return 'away'
  }
}
