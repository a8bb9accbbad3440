/** The figures of the first call: everything a citizen and an agent wait for. */
import { benchConsoleSize } from './first-call/console-size.ts'
import { benchEarlyMedia } from './first-call/early-media.ts'
import { benchHeardInBrowser } from './first-call/heard-in-browser.ts'
import { benchScreenPop } from './first-call/screen-pop.ts'
import { benchTalks } from './first-call/talks.ts'
import { type BenchCopy, type BenchOptions, withCopy } from './lib/context.ts'
import { atMost, type Measure } from './lib/measure.ts'

const START_TARGET_SECONDS = 10

export async function run(options: BenchOptions): Promise<Measure[]> {
  return await withCopy(options, async (copy) => {
    const { running } = copy
    options.say('INVITE → early media …')
    const earlyMedia = await benchEarlyMedia(running)
    options.say('Talks …')
    const talks = await benchTalks(running, options.say)
    options.say('Screen pop …')
    const screenPop = await benchScreenPop(running)
    options.say('Heard in the browser …')
    const heard = await benchHeardInBrowser(running)
    const size = await benchConsoleSize(running.web)
    return [earlyMedia, ...talks, heard, screenPop, size, ...(await benchRestart(copy))]
  })
}

async function benchRestart(copy: BenchCopy): Promise<Measure[]> {
  if (!copy.restart) return []
  const ours = await copy.restart()
  const work = './javob up --detach of a copy that has run before, to its end; seconds'
  return [atMost(START_TARGET_SECONDS, { name: 'later up → ready', work, ours })]
}
