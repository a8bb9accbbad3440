/**
 * What is typed and not sent yet, kept in the browser's tab by name, so that a reload loses nothing. It belongs to whoever
 * typed it: the next person at this computer sees nothing of it.
 *
 * A tab holds a few megabytes. What finds no room there stays in the page, from one address to the next but not over a
 * reload: `draftsFindRoom` says so.
 */
import { createStore } from './store.ts'

const PREFIX = 'javob.draft.'
const OWNER = `${PREFIX}of`

/** Each as it would be written. */
const beyondTab = new Map<string, string>()
export const draftsFindRoom = createStore(true)

export function rememberDraft(name: string, draft: unknown): void {
  const written = JSON.stringify(draft)
  if (putInTab(PREFIX + name, written)) beyondTab.delete(name)
  else beyondTab.set(name, written)
  lookForRoom()
}

export function rememberedDraft<Draft>(name: string): Draft | undefined {
  const written = beyondTab.get(name) ?? sessionStorage.getItem(PREFIX + name)
  return written === null ? undefined : (JSON.parse(written) as Draft)
}

/** It was sent, or thrown away. */
export function forgetDraft(name: string): void {
  beyondTab.delete(name)
  sessionStorage.removeItem(PREFIX + name)
  lookForRoom()
}

export function forgetAllDrafts(): void {
  beyondTab.clear()
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  lookForRoom()
}

/** Whoever is signed out by force finds again what he typed; somebody else does not. */
export function draftsAreOf(who: string): void {
  const owner = sessionStorage.getItem(OWNER)
  if (owner !== null && owner !== who) forgetAllDrafts()
  if (owner !== who) putInTab(OWNER, who)
}

/** An older draft does not stay where a newer one finds no room: after a reload it would pass for the newest. */
function putInTab(key: string, written: string): boolean {
  try {
    sessionStorage.setItem(key, written)
    return true
  } catch {
    sessionStorage.removeItem(key)
    return false
  }
}

function lookForRoom(): void {
  for (const [name, written] of beyondTab) if (putInTab(PREFIX + name, written)) beyondTab.delete(name)
  draftsFindRoom.set(beyondTab.size === 0)
}
