/**
 * Says what is being done, on stderr, so that stdout holds only results. On a
 * terminal the running line is rewritten; in a log a line is added now and then.
 */
const REWRITE_EVERY_MS = 500
const REPEAT_EVERY_MS = 5_000
const STEP_WORTH_A_WORD_MS = 300

export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Runs one step. `detail` tells how far it is; short steps pass without a word. */
export async function step<T>(
  what: string,
  work: (detail: (text: string) => void) => Promise<T>,
): Promise<T> {
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const terminal = process.stderr.isTTY
  let text = ''
  let announced = false

  const show = () => {
    if (!announced && !terminal) say(`• ${what} …`)
    announced = true
    if (terminal) process.stderr.write(`\r\x1b[2K• ${what} … ${seconds()} s ${text}`)
    else if (seconds() > 1) say(`  … ${seconds()} s ${text}`)
  }
  const soon = setTimeout(show, STEP_WORTH_A_WORD_MS)
  const ticker = setInterval(show, terminal ? REWRITE_EVERY_MS : REPEAT_EVERY_MS)
  try {
    const result = await work((next) => {
      text = next.slice(0, 60)
    })
    if (announced) say(`${terminal ? '\r\x1b[2K' : ''}✓ ${what}, ${seconds()} s`)
    return result
  } catch (error) {
    if (announced) say(`${terminal ? '\r\x1b[2K' : ''}✗ ${what}, ${seconds()} s`)
    throw error
  } finally {
    clearTimeout(soon)
    clearInterval(ticker)
  }
}
