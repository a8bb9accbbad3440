/** Work that is done in the order it came, a few at once; whoever would wait too long is asked to try again. */
import { Refusal } from './errors.ts'

type Waiting<Work, Done> = {
  readonly work: Work
  resolve(done: Done): void
  reject(error: unknown): void
}

type Bounds = { readonly atOnce: number; readonly waitingMax: number }

export function inOrder<Work, Done>(doOne: (work: Work) => Promise<Done>, { atOnce, waitingMax }: Bounds) {
  const waiting: Waiting<Work, Done>[] = []
  let working = 0

  async function workOff(): Promise<void> {
    working++
    for (let next = waiting.shift(); next; next = waiting.shift())
      await doOne(next.work).then(next.resolve, next.reject)
    working--
  }

  return (work: Work): Promise<Done> => {
    if (waiting.length >= waitingMax)
      return Promise.reject(new Refusal('tooBusy', `${waitingMax} wait already`))
    return new Promise<Done>((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      if (working < atOnce) void workOff()
    })
  }
}
