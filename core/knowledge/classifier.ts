/**
 * The classifier: what calls and appeals are about, in three levels. It is edited as a whole and published in
 * versions; a call keeps the codes it was given and the version they were chosen from.
 *
 * The code says where a topic stands: `01.02.03` lies below `01.02`, and that below `01`.
 */
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import {
  checkName,
  type ReportSetting,
  type SettingProblem,
  settingProblem,
  settingReport,
} from '#core/lib/setting-problems.ts'

/** What usually becomes of such a call: it is answered at once, told on, or one of the appeals of the law. */
export const TOPIC_KINDS = ['consultation', 'report', ...APPEAL_KINDS] as const
export type TopicKind = (typeof TOPIC_KINDS)[number]

/** Uzbek in Cyrillic is written from the Latin unless it is given; without English the Uzbek name is shown. */
export type TopicNames = Texts & { readonly en?: string; readonly cyrillic?: string }

export type TopicNode = {
  readonly code: TopicCode
  readonly names: TopicNames
  readonly kind: TopicKind | null
  /** Who answers such questions, where the menu does not say it. */
  readonly queue: QueueId | null
  /** The procedure of appeals about it; `null`: that of the topic above, and at the top the general one. */
  readonly track: AppealTrack | null
}

const TOPIC_CODE = /^\d{2}(\.\d{2}){0,2}$/
export const TOPIC_NAME_MAX_CHARACTERS = 200
export const TOPICS_MAX = 2_000
const SHARED_NAMES = ['uz', 'ru'] as const

export function levelOf(code: string): number {
  return code.split('.').length
}

export function parentOf(code: string): TopicCode | null {
  const end = code.lastIndexOf('.')
  return end < 0 ? null : (code.slice(0, end) as TopicCode)
}

/** The topic and those above it, the topmost first. */
export function lineOf(code: TopicCode): TopicCode[] {
  const parent = parentOf(code)
  return parent === null ? [code] : [...lineOf(parent), code]
}

/** By which procedure appeals about each topic go. A report of corruption stays one however closely it is classified. */
export function tracksOf(
  nodes: readonly Pick<TopicNode, 'code' | 'track'>[],
): ReadonlyMap<TopicCode, AppealTrack> {
  const tracks = new Map<TopicCode | null, AppealTrack>()
  for (const { code, track } of inOrder(nodes))
    tracks.set(code, track ?? tracks.get(parentOf(code)) ?? 'general')
  return tracks as Map<TopicCode, AppealTrack>
}

/** Whoever draws a tree needs a topic after the one above it. */
export function inOrder<Node extends { readonly code: string }>(nodes: readonly Node[]): Node[] {
  return nodes.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
}

/** What is wrong, by code; all of it at once. A classifier with a problem is kept as a draft and not published. */
export function checkClassifier(
  nodes: readonly TopicNode[],
  { queues }: { queues: readonly QueueId[] },
): SettingProblem[] {
  const problems: SettingProblem[] = []
  const counts = new Map<string, number>()
  for (const { code } of nodes) counts.set(code, (counts.get(code) ?? 0) + 1)
  const parents = new Set(nodes.flatMap(({ code }) => parentOf(code) ?? []))
  const named = new Map<string, string>()
  for (const [index, node] of nodes.entries()) {
    const report = settingReport(problems, node.code.trim() || String(index + 1))
    checkCode(node.code, counts, report)
    checkNames(node, named, report)
    if (node.kind === null && !parents.has(node.code)) report('required', 'kind')
    if (node.queue !== null && !queues.includes(node.queue)) report('unknown', 'queue', { value: node.queue })
  }
  if (nodes.length === 0) problems.push(settingProblem('*', 'required', { field: 'code' }))
  if (nodes.length > TOPICS_MAX) {
    const params = { count: nodes.length, most: TOPICS_MAX }
    problems.push(settingProblem('*', 'tooMany', { field: 'code', params }))
  }
  return problems
}

function checkCode(code: string, counts: ReadonlyMap<string, number>, report: ReportSetting): void {
  const parent = parentOf(code)
  if (!TOPIC_CODE.test(code)) report('badTopicCode', 'code')
  else if ((counts.get(code) ?? 0) > 1) report('taken', 'code', { value: code })
  else if (parent !== null && !counts.has(parent)) report('noParent', 'code', { value: parent })
}

function checkNames({ code, names }: TopicNode, named: Map<string, string>, report: ReportSetting): void {
  for (const language of SHARED_NAMES) {
    checkName(report, language, [names[language], TOPIC_NAME_MAX_CHARACTERS])
    // Two topics of one name beside each other: nobody could say afterwards which of them was meant.
    const place = JSON.stringify([parentOf(code), language, names[language].trim().toLowerCase()])
    const other = named.get(place)
    if (other !== undefined && other !== code) report('sameName', language, { value: other })
    else if (names[language].trim() !== '') named.set(place, code)
  }
  for (const language of ['en', 'cyrillic'] as const) {
    const text = names[language]
    if (text !== undefined && [...text].length > TOPIC_NAME_MAX_CHARACTERS)
      report('tooLong', language, { most: TOPIC_NAME_MAX_CHARACTERS })
  }
}

/** What a version changes against the one before it, for whoever decides whether to publish it. */
export function classifierChanges(before: readonly TopicNode[], after: readonly TopicNode[]) {
  const old = new Map(before.map((node) => [node.code, JSON.stringify(node)]))
  const now = new Set(after.map(({ code }) => code))
  return {
    added: after.filter(({ code }) => !old.has(code)).map(({ code }) => code),
    changed: after
      .filter((node) => old.has(node.code) && old.get(node.code) !== JSON.stringify(node))
      .map(({ code }) => code),
    removed: before.filter(({ code }) => !now.has(code)).map(({ code }) => code),
  }
}
