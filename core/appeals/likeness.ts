/**
 * Whether an appeal repeats an earlier one of the same person, or doubles it. Proposed by this; decided by a person.
 *
 * Two flags that exclude each other at one moment, by article 3: *repeat* contests a reply, or says that the limit has
 * passed without one; *duplicate* is the same matter again while the first is still within its limit. What makes them
 * one matter is the topic and the words, in whatever script they are written.
 */
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import { searchKey } from '#core/text/search-key.ts'

export const LINK_FLAGS = ['repeat', 'duplicate'] as const
export type LinkFlag = (typeof LINK_FLAGS)[number]

export const LINK_REASONS = [
  'samePerson',
  'sameName',
  'sameTopic',
  'similarText',
  'withinLimit',
  'afterReply',
  'afterDueDay',
] as const
export type LinkReason = (typeof LINK_REASONS)[number]

export type ComparedAppeal = {
  readonly id: string
  readonly citizen: string
  /** The search key of the name. */
  readonly nameKey: string
  readonly topic: string | null
  readonly text: string
  readonly receivedAt: Instant
  readonly dueOn: string | null
  readonly repliedAt: Instant | null
}

export type LinkProposal = {
  readonly other: string
  readonly flag: LinkFlag
  readonly likenessPercent: number
  readonly reasons: readonly LinkReason[]
}

/** From here on two texts are about the same. */
const SIMILAR_SHARE = 0.5
/** The same topic of the classifier stands for so much of it. */
const TOPIC_SHARE = 0.25
const PROPOSALS_MAX = 5
/** Endings change with the case and the person; the beginning of a word stays. */
const WORD_BEGINNING_LETTERS = 5
const SHORTEST_WORD_LETTERS = 3
/** More of a text than this says nothing new about what it is about. */
const COMPARED_MAX_CHARACTERS = 4_000

/** The closest first. Of `earlier`, what is not earlier is left out. */
export function proposeLinks(
  appeal: ComparedAppeal,
  earlier: readonly ComparedAppeal[],
): readonly LinkProposal[] {
  return earlier
    .filter((other) => other.id !== appeal.id && other.receivedAt <= appeal.receivedAt)
    .flatMap((other) => proposeLink(appeal, other) ?? [])
    .toSorted((a, b) => b.likenessPercent - a.likenessPercent)
    .slice(0, PROPOSALS_MAX)
}

function proposeLink(appeal: ComparedAppeal, other: ComparedAppeal): LinkProposal | undefined {
  const person = samePerson(appeal, other)
  if (!person) return undefined
  const alike = textLikeness(appeal.text, other.text)
  const hasSameTopic = appeal.topic !== null && appeal.topic === other.topic
  const share = Math.min(1, alike + (hasSameTopic ? TOPIC_SHARE : 0))
  if (share < SIMILAR_SHARE) return undefined
  const moment = momentOf(appeal, other)
  return {
    other: other.id,
    flag: moment === 'withinLimit' ? 'duplicate' : 'repeat',
    likenessPercent: Math.round(share * 100),
    reasons: [
      person,
      ...(hasSameTopic ? (['sameTopic'] as const) : []),
      ...(alike >= SIMILAR_SHARE ? (['similarText'] as const) : []),
      moment,
    ],
  }
}

function samePerson(a: ComparedAppeal, b: ComparedAppeal): LinkReason | undefined {
  if (a.citizen === b.citizen) return 'samePerson'
  return a.nameKey !== '' && a.nameKey === b.nameKey ? 'sameName' : undefined
}

/** How the earlier one stood when this one came in. */
function momentOf(appeal: ComparedAppeal, other: ComparedAppeal): LinkReason {
  if (other.repliedAt !== null && other.repliedAt <= appeal.receivedAt) return 'afterReply'
  if (other.dueOn !== null && other.dueOn < tashkentDay(appeal.receivedAt)) return 'afterDueDay'
  return 'withinLimit'
}

/** From 0, nothing in common, to 1: the share of words that both have (Dice). */
export function textLikeness(a: string, b: string): number {
  const [one, two] = [wordsOf(a), wordsOf(b)]
  if (one.size + two.size === 0) return 0
  const common = [...one].filter((word) => two.has(word)).length
  return (2 * common) / (one.size + two.size)
}

function wordsOf(text: string): Set<string> {
  return new Set(
    searchKey(text.slice(0, COMPARED_MAX_CHARACTERS))
      .split(' ')
      .filter((word) => word.length >= SHORTEST_WORD_LETTERS)
      .map((word) => word.slice(0, WORD_BEGINNING_LETTERS)),
  )
}
