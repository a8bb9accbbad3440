/** What a demo organisation would have sent to telephones: the codes with which its portal is tried out. */
import { parseArgs } from 'node:util'
import { openDatabase, readRunningCopy } from '../callers/running-copy.ts'
import { DATA_OPTION } from '../setup/copy.ts'
import { Fault } from '../../server/config.ts'

export const summary = 'messages that the demo organisation "sent", the newest last: [--lines N] [--data DIR]'

const DEFAULT_LINES = '10'
const LINES_MAX = 1_000

type Row = { at: string; e164: string; text: string }

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { ...DATA_OPTION, lines: { type: 'string', default: DEFAULT_LINES } },
  })
  const lines = Number(values.lines)
  if (!Number.isInteger(lines) || lines < 1 || lines > LINES_MAX)
    throw new Fault(`--lines ${values.lines} is no such number`, `Name one from 1 to ${LINES_MAX}`)
  const pool = openDatabase(readRunningCopy(values.data))
  const { rows } = await pool.query<Row>(
    `select to_char(sent_at at time zone 'Asia/Tashkent', 'HH24:MI:SS') as at, e164, text
       from demo_messages order by sent_at desc, id desc limit $1`,
    [lines],
  )
  await pool.end()
  for (const { at, e164, text } of rows.reverse()) process.stdout.write(`${at}  ${e164}  ${text}\n`)
  if (rows.length === 0) process.stderr.write('No message yet.\n')
  return 0
}
