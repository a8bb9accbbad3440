import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lastWords, turnLogs } from './log-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'javob-logs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const log = (name: string) => join(folder, `${name}.log`)

test('the last words are the cause, not the farewell', () => {
  writeFileSync(log('asterisk'), '\u001b[31mERROR: cannot bind\u001b[0m\nCleanly ending\n')
  expect(lastWords(folder, 'asterisk')).toBe('ERROR: cannot bind')
})

test('a line for machines is told in its words', () => {
  writeFileSync(log('server'), '{"level":60,"msg":"The start failed","err":{"message":"no such role"}}\n')
  expect(lastWords(folder, 'server')).toBe('The start failed: no such role')
})

test('who never spoke has no last words', () => {
  expect(lastWords(folder, 'postgres')).toBe('')
})

test('a log that has grown too large is put aside, and its writer goes on in an empty one', () => {
  writeFileSync(log('server'), 'x'.repeat(200))
  writeFileSync(log('asterisk'), 'short')
  turnLogs(folder, 100)
  appendFileSync(log('server'), 'next')
  expect(readFileSync(log('server'), 'utf8')).toBe('next')
  expect(readFileSync(`${log('server')}.1`, 'utf8')).toHaveLength(200)
  expect(readFileSync(log('asterisk'), 'utf8')).toBe('short')
})
