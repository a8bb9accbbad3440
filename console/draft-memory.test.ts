import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  draftsAreOf,
  draftsFindRoom,
  forgetAllDrafts,
  forgetDraft,
  rememberDraft,
  rememberedDraft,
} from './draft-memory.ts'

const ROOM_CHARACTERS = 100

/** As a browser's own: what finds no room is refused, and what stood there stays. */
class SmallTab {
  setItem(key: string, value: string): void {
    const others = Object.entries(this).filter(([name]) => name !== key)
    const used = others.reduce((sum, [name, text]) => sum + name.length + text.length, 0)
    if (used + key.length + value.length > ROOM_CHARACTERS)
      throw new DOMException('full', 'QuotaExceededError')
    Object.assign(this, { [key]: value })
  }
  getItem(key: string): string | null {
    return (Object.getOwnPropertyDescriptor(this, key)?.value as string | undefined) ?? null
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key)
  }
}

const LONG = 'a'.repeat(60)

beforeEach(() => void Reflect.set(globalThis, 'sessionStorage', new SmallTab()))
afterEach(() => {
  forgetAllDrafts()
  Reflect.deleteProperty(globalThis, 'sessionStorage')
})

const inTab = () => Object.values(sessionStorage).join()

test('a draft is remembered by its name until it is forgotten', () => {
  rememberDraft('note', { text: 'uch' })
  expect(rememberedDraft('note')).toEqual({ text: 'uch' })
  expect(rememberedDraft('other')).toBeUndefined()
  forgetDraft('note')
  expect(rememberedDraft('note')).toBeUndefined()
})

test('what finds no room in the tab stays in the page, and it is said until there is room', () => {
  rememberDraft('first', LONG)
  rememberDraft('second', `${LONG}b`)
  expect(draftsFindRoom.get()).toBe(false)
  expect(rememberedDraft('first')).toBe(LONG)
  expect(rememberedDraft('second')).toBe(`${LONG}b`)
  forgetDraft('first')
  expect(draftsFindRoom.get()).toBe(true)
  expect(inTab()).toContain(`${LONG}b`)
})

test('an older draft does not stay in the tab for a newer one that finds no room', () => {
  rememberDraft('note', 'the older')
  rememberDraft('note', LONG + LONG)
  expect(inTab()).toBe('')
  expect(rememberedDraft('note')).toBe(LONG + LONG)
  rememberDraft('note', 'shortened')
  expect(draftsFindRoom.get()).toBe(true)
  expect(inTab()).toContain('shortened')
})

test('whoever signs in again finds what he typed, another does not, and what is no draft stays', () => {
  sessionStorage.setItem('a', 'b')
  draftsAreOf('one')
  rememberDraft('note', 'mine')
  draftsAreOf('one')
  expect(rememberedDraft('note')).toBe('mine')
  draftsAreOf('two')
  expect(rememberedDraft('note')).toBeUndefined()
  draftsAreOf('one')
  expect(rememberedDraft('note')).toBeUndefined()
  expect(sessionStorage.getItem('a')).toBe('b')
})

test('what stayed in the page alone goes too when somebody else signs in', () => {
  draftsAreOf('one')
  rememberDraft('note', LONG + LONG)
  draftsAreOf('two')
  expect(rememberedDraft('note')).toBeUndefined()
  expect(draftsFindRoom.get()).toBe(true)
})
