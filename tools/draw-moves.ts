/**
 * Draws the life cycles into docs/life-cycles.md from the tables that are the
 * rule: `node_modules/.bin/node tools/draw-moves.ts`. A test refuses a page that is not as drawn.
 */
import { writeFileSync } from 'node:fs'
import { APPEAL_MOVES } from '#core/appeals/appeal-status.ts'
import { AGENT_MOVES } from '#core/calls/agent-status.ts'
import { BREAK_REQUEST_MOVES } from '#core/calls/break-request.ts'
import { CALLBACK_MOVES } from '#core/calls/callback-status.ts'
import { RECORDING_MOVES } from '#core/calls/recording-status.ts'
import { TALK_MOVES } from '#core/calls/talk-moves.ts'
import { FLOW_MOVES } from '#core/ivr/flow-status.ts'
import { MESSAGE_MOVES } from '#core/messages/message-status.ts'
import { KNOWLEDGE_MOVES } from '#core/knowledge/knowledge-status.ts'
import { CARD_MOVES } from '#core/citizens/merge-cards.ts'
import { NUMBER_MOVES } from '#core/citizens/number-standing.ts'

const PAGE = 'docs/life-cycles.md'

type Table = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>

const LIFE_CYCLES: readonly { title: string; table: Table; file: string }[] = [
  { title: 'An agent', table: AGENT_MOVES, file: 'core/calls/agent-status.ts' },
  {
    title: 'A talk, at the desk of an agent who has a part in it',
    table: TALK_MOVES,
    file: 'core/calls/talk-moves.ts',
  },
  { title: 'A wish for a break', table: BREAK_REQUEST_MOVES, file: 'core/calls/break-request.ts' },
  { title: 'A callback', table: CALLBACK_MOVES, file: 'core/calls/callback-status.ts' },
  { title: 'A recording', table: RECORDING_MOVES, file: 'core/calls/recording-status.ts' },
  { title: 'An appeal', table: APPEAL_MOVES, file: 'core/appeals/appeal-status.ts' },
  { title: 'A message to a citizen', table: MESSAGE_MOVES, file: 'core/messages/message-status.ts' },
  {
    title: 'A version of an article, a question and answer, a script or an act of law',
    table: KNOWLEDGE_MOVES,
    file: 'core/knowledge/knowledge-status.ts',
  },
  { title: 'A version of a voice menu', table: FLOW_MOVES, file: 'core/ivr/flow-status.ts' },
  { title: 'A citizen’s card', table: CARD_MOVES, file: 'core/citizens/merge-cards.ts' },
  {
    title: 'A telephone number on a citizen’s card',
    table: NUMBER_MOVES,
    file: 'core/citizens/number-standing.ts',
  },
]

export function lifeCyclesPage(): string {
  const sections = LIFE_CYCLES.map(
    ({ title, table, file }) =>
      `## ${title}\n\nDrawn from [${file}](../${file}).\n\n\`\`\`mermaid\n${diagram(table)}\n\`\`\`\n`,
  )
  return [INTRODUCTION, ...sections].join('\n')
}

const INTRODUCTION = `# Life cycles

A move that is not drawn is refused: by the server, by the buttons of the console, by the tests. This page is made by
\`node_modules/.bin/node tools/draw-moves.ts\`; change the table, not the page.
`

/** Moves between the same two statuses share an arrow; the first status of the table is where life begins. */
function diagram(table: Table): string {
  const arrows = Object.entries(table).flatMap(([from, moves]) => {
    const actionsTo = new Map<string, string[]>()
    for (const [action, to] of Object.entries(moves)) {
      if (to !== undefined) actionsTo.set(to, [...(actionsTo.get(to) ?? []), action])
    }
    if (actionsTo.size === 0) return [`  ${from} --> [*]`]
    return [...actionsTo].map(([to, actions]) => `  ${from} --> ${to}: ${actions.join(', ')}`)
  })
  return ['stateDiagram-v2', `  [*] --> ${Object.keys(table)[0]}`, ...arrows].join('\n')
}

if (import.meta.main) writeFileSync(PAGE, lifeCyclesPage())
