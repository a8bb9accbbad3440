/** The log files of a copy: kept below a limit, and read for a process's last words. */
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

export const MAX_LOG_BYTES = 50 * 1024 * 1024
const WORDS_CHARACTERS = 300
const TAIL_BYTES = 64 * 1024

/**
 * The processes hold their files open and append, so a file that has grown too large
 * is copied aside and emptied. One older file is kept of each.
 */
export function turnLogs(directory: string, maxBytes = MAX_LOG_BYTES): void {
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.log'))) {
    const file = join(directory, name)
    if (statSync(file).size <= maxBytes) continue
    copyFileSync(file, `${file}.1`)
    truncateSync(file)
  }
}

/** What a process said last that reads like a cause. */
export function lastWords(directory: string, name: string): string {
  const file = join(directory, `${name}.log`)
  if (!existsSync(file)) return ''
  const lines = readFileSync(file, 'utf8')
    .slice(-TAIL_BYTES)
    .split('\n')
    .map((line) => plain(stripVTControlCharacters(line)))
    .filter(Boolean)
  const telling = lines.filter((line) =>
    /error|fatal|cannot|could not|failed|refus|unable|in use|no space/i.test(line),
  )
  return (telling.at(-1) ?? lines.at(-1) ?? '').slice(0, WORDS_CHARACTERS)
}

/** The text of a line, whether it is written for people or for machines. */
function plain(line: string): string {
  if (!line.startsWith('{')) return line.trim()
  try {
    const { msg, err, error } = JSON.parse(line) as {
      msg?: string
      err?: { message?: string }
      error?: string
    }
    return [msg, err?.message ?? error].filter(Boolean).join(': ')
  } catch {
    return line.trim()
  }
}
