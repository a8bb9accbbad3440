/**
 * Things that say the same in two places and would drift apart unseen: tables
 * and their types, closed sets and database constraints, pages and the files
 * they point to.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { PROBLEM_CODES } from '#contract/problems.ts'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import { APPEAL_MOVES, APPEAL_STATUSES } from '#core/appeals/appeal-status.ts'
import { APPEAL_TRACKS } from '#core/appeals/appeal-track.ts'
import { LINK_FLAGS } from '#core/appeals/likeness.ts'
import { APPEAL_OUTCOMES } from '#core/appeals/move-fields.ts'
import { ATTACHMENT_PARTS } from '#core/attachments/attaching.ts'
import { STATUS_CAUSES } from '#core/calls/agent-status.ts'
import { CALLBACK_REASONS, CALLBACK_STATUSES } from '#core/calls/callback-status.ts'
import { BREAK_REQUEST_STATUSES } from '#core/calls/break-request.ts'
import {
  AGENT_STATUSES,
  CALL_OUTCOMES,
  CALL_STATUSES,
  OFFER_ENDS,
  RECORDING_STATUSES,
} from '#core/calls/call.ts'
import { ROOM_KINDS } from '#core/chat/rooms.ts'
import { LEG_ENDS, LEG_ROLES } from '#core/calls/talk-moves.ts'
import { FLOW_STATUSES } from '#core/ivr/flow-status.ts'
import { MESSAGE_STATUSES } from '#core/messages/message-status.ts'
import { KNOWLEDGE_KINDS } from '#core/knowledge/knowledge-content.ts'
import { KNOWLEDGE_STATUSES } from '#core/knowledge/knowledge-status.ts'
import { CITIZEN_KINDS, CONSENTS } from '#core/citizens/citizen-card.ts'
import { DOCUMENT_LANGUAGES } from '#core/documents/document-fields.ts'
import { CARD_STATUSES } from '#core/citizens/merge-cards.ts'
import { NUMBER_STANDINGS } from '#core/citizens/number-standing.ts'
import { SIGNED_DECISIONS } from '#core/signatures/signed-decision.ts'
import { ROLES } from '#core/staff/permissions.ts'
import { lifeCyclesPage } from '../tools/draw-moves.ts'
import { settingsPage } from '../tools/draw-settings.ts'

const migrations = globSync('server/database/migrations/*.sql').sort()
const tables = tablesOf(migrations.map((file) => readFileSync(file, 'utf8')).join('\n'))
const mirrored = new Map(
  globSync('server/database/schema*.ts').flatMap((file) => [
    ...tablesOfInterface(readFileSync(file, 'utf8')),
  ]),
)

test('every table of the migrations has its type, and no type is without its table', () => {
  expect([...mirrored.keys()].sort()).toEqual([...tables.keys()].sort())
})

test.each([...tables.keys()])('the columns of %s are those of its type', (table) => {
  expect(mirrored.get(table)?.toSorted()).toEqual([...(tables.get(table)?.keys() ?? [])].toSorted())
})

// What nobody is recorded as: an agent who has signed out has no interval.
const RECORDED_AGENT_STATUSES = AGENT_STATUSES.filter((status) => status !== 'signedOut')

test.each<[table: string, column: string, set: readonly string[]]>([
  ['staff_members', 'role', ROLES],
  ['calls', 'status', CALL_STATUSES],
  ['calls', 'outcome', CALL_OUTCOMES],
  ['offers', 'ended_as', OFFER_ENDS],
  ['call_legs', 'role', LEG_ROLES],
  ['call_legs', 'ended_as', LEG_ENDS],
  ['call_legs', 'outcome', CALL_OUTCOMES],
  ['agent_status_intervals', 'status', RECORDED_AGENT_STATUSES],
  ['agent_status_intervals', 'cause', STATUS_CAUSES],
  ['break_requests', 'status', BREAK_REQUEST_STATUSES],
  ['callbacks', 'status', CALLBACK_STATUSES],
  ['callbacks', 'reason', CALLBACK_REASONS],
  ['recordings', 'status', RECORDING_STATUSES],
  ['messages', 'status', MESSAGE_STATUSES],
  ['appeals', 'kind', APPEAL_KINDS],
  ['appeals', 'status', APPEAL_STATUSES],
  ['appeals', 'track', APPEAL_TRACKS],
  ['appeals', 'outcome', APPEAL_OUTCOMES],
  ['flow_versions', 'status', FLOW_STATUSES],
  ['knowledge_items', 'kind', KNOWLEDGE_KINDS],
  ['knowledge_versions', 'status', KNOWLEDGE_STATUSES],
  ['citizens', 'kind', CITIZEN_KINDS],
  ['citizens', 'consent', CONSENTS],
  ['citizens', 'status', CARD_STATUSES],
  ['citizen_numbers', 'standing', NUMBER_STANDINGS],
  ['chat_rooms', 'kind', ROOM_KINDS],
  ['appeal_links', 'flag', LINK_FLAGS],
  ['attachments', 'part', ATTACHMENT_PARTS],
  ['document_templates', 'language', DOCUMENT_LANGUAGES],
  ['appeal_documents', 'language', DOCUMENT_LANGUAGES],
  ['signatures', 'decision', SIGNED_DECISIONS],
])('the database lets into %s.%s what the core knows, and nothing else', (table, column, set) => {
  expect(allowedBy(tables.get(table)?.get(column) ?? '')).toEqual(set.toSorted())
})

test('the moves of an appeal that the database knows are those of the core', () => {
  const list = migrations
    .flatMap((file) => readFileSync(file, 'utf8').match(/insert into appeal_moves [^;]*;/g) ?? [])
    .join('\n')
  const known = [...list.matchAll(/\('(\w+)', '(\w+)', '(\w+)'\)/g)].map(([, ...move]) => move.join(' '))
  const moves = Object.entries(APPEAL_MOVES).flatMap(([from, to]) =>
    Object.entries(to).map(([action, status]) => `${from} ${action} ${status}`),
  )
  expect(known.toSorted()).toEqual(moves.toSorted())
})

test.each(PROBLEM_CODES)('somebody refuses with %s', (code) => {
  const speakers = globSync(['server/**/*.ts', 'core/attachments/*.ts', 'core/signatures/*.ts']).filter(
    (file) => !file.includes('.test.'),
  )
  expect(speakers.some((file) => readFileSync(file, 'utf8').includes(`'${code}'`))).toBe(true)
})

test('the diagrams of life cycles are as their tables', () => {
  expect(readFileSync('docs/life-cycles.md', 'utf8')).toBe(lifeCyclesPage())
})

test('the page of settings is as the configuration', () => {
  expect(readFileSync('docs/settings.md', 'utf8')).toBe(settingsPage())
})

const MERGE_MARKS = /^(<{7} |={7}$|>{7} )/m
const pages = globSync(['*.md', 'docs/**/*.md'])

test.each(pages)('%s points only to what is there', (page) => {
  const text = readFileSync(page, 'utf8')
  expect([...linksOf(page, text), ...filesNamedIn(text)].filter((target) => !existsSync(target))).toEqual([])
})

test.each(pages)('%s holds nothing that a merge left behind', (page) => {
  expect(readFileSync(page, 'utf8')).not.toMatch(MERGE_MARKS)
})

test('a table without a type, a column too many and a dead link would be seen', () => {
  expect([
    ...tablesOf(
      'create table a (\n  x int,\n  -- Why.\n  y text -- how\n);\nalter table a add column z int;\n' +
        'alter table a\n  drop constraint a_z_check,\n  add constraint a_z_check check (z in (1));\n' +
        'create table b (\n  x int\n);\ndrop table b;',
    ).entries(),
  ]).toEqual([
    [
      'a',
      new Map([
        ['x', 'x int'],
        ['y', 'y text'],
        ['z', 'check (z in (1))'],
      ]),
    ],
  ])
  expect(
    tablesOfInterface('export interface Database {\n  a: { x: Json<{ inner: 1 }>; y: string }\n}'),
  ).toEqual(new Map([['a', ['x', 'y']]]))
  expect(allowedBy("status text check (status in ('b', 'a'))")).toEqual(['a', 'b'])
  expect(linksOf('docs/x.md', '[a](gone.md#part) [b](https://lex.uz)')).toEqual(['docs/gone.md'])
  expect('- one\n<<<<<<< HEAD\n- two').toMatch(MERGE_MARKS)
  expect(filesNamedIn('open `core/lib/time.ts`, never `server/<subject>/x.ts`')).toEqual(['core/lib/time.ts'])
})

type Columns = Map<string, string>

/** Each table with its columns and how they are defined. Understands the plain SQL our migrations are written in. */
function tablesOf(sql: string): Map<string, Columns> {
  const plain = sql.replace(/^\s*--.*\n|--.*$/gm, '')
  const found = new Map<string, Columns>()
  for (const [, name = '', body = ''] of plain.matchAll(/create table (\w+) \(\n(.*?)\n\);/gs)) {
    found.set(name, new Map(columnsOf(body)))
  }
  for (const [, table = '', body = ''] of plain.matchAll(/alter table (\w+)\s+([^;]+);/g)) {
    for (const clause of body.split(/,\s+(?=(?:add|alter|drop)\s)/)) {
      const [, column = '', definition] = /^add column (\w+) (.+)/s.exec(clause) ?? []
      if (definition) found.get(table)?.set(column, definition)
      const [, dropped = ''] = /^drop column (\w+)/.exec(clause) ?? []
      found.get(table)?.delete(dropped)
    }
  }
  for (const [, table = ''] of plain.matchAll(/^drop table (\w+)/gm)) found.delete(table)
  // A later migration lets more into a column: PostgreSQL names a column's own check after table and column.
  const newChecks = /alter table (\w+)[^;]*add constraint \1_(\w+)_check (check \([^;]+)/g
  for (const [, table = '', column = '', check = ''] of plain.matchAll(newChecks)) {
    if (found.get(table)?.has(column)) found.get(table)?.set(column, check)
  }
  return found
}

/** A column begins a line at two spaces and goes on to the comma that ends it. */
function columnsOf(body: string): [name: string, definition: string][] {
  return body
    .split(/,\n(?= {2}\w)/)
    .map((part) => part.trim())
    .filter((part) => !/^(primary key|unique|check|foreign key|constraint)\b/.test(part))
    .map((part) => [/^\w+/.exec(part)?.[0] ?? '', part])
}

/** The values a `check (column in (…))` lets through, sorted. */
function allowedBy(definition: string): string[] {
  const [, list = ''] = /\bin\s*\(([^)]*)\)/s.exec(definition) ?? []
  return [...list.matchAll(/'([^']*)'/g)].map(([, value = '']) => value).toSorted()
}

/** Tables and columns of the first interface, by the depth of the braces they stand in. */
function tablesOfInterface(source: string): Map<string, string[]> {
  const head = /interface \w+\s+(extends [\w,\s]+)?\{/.exec(source)
  const body = source.slice((head?.index ?? 0) + (head?.[0].length ?? 0))
  const found = new Map<string, string[]>()
  let depth = 1
  let table = ''
  for (const [token] of body.replace(/\/\*.*?\*\/|\/\/.*$/gms, '').matchAll(/\w+\??(?=:)|[{}<>]/g)) {
    if ('{<'.includes(token)) depth++
    else if ('}>'.includes(token)) depth--
    else if (depth === 1) found.set((table = token), [])
    else if (depth === 2) found.get(table)?.push(token.replace('?', ''))
    if (depth === 0) break
  }
  return found
}

/** Where a page's links lead within the repository. */
function linksOf(page: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target)
  return targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => join(dirname(page), target))
}

/** Files named in a page in code, as `core/lib/time.ts`; a name with a placeholder in it names no file. */
function filesNamedIn(text: string): string[] {
  return [
    ...text.matchAll(/`((?:core|contract|portal|server|console|asterisk|docs|test|tools|bench)\/[\w./-]+)`/g),
  ].map(([, file = '']) => file)
}
