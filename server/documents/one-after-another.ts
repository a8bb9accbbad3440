/** Work that is done one after another, in the order it came; whoever would wait too long is asked to try again. */
import { Refusal } from '../errors.ts'

type Waiting<Work, Done> = {
  readonly work: Work
  resolve(done: Done): void
  reject(error: unknown): void
}

export function oneAfterAnother<Work, Done>(doOne: (work: Work) => Promise<Done>, waitingMax: number) {
  const waiting: Waiting<Work, Done>[] = []
  let isWorking = false

  async function workOff(): Promise<void> {
    isWorking = true
    for (let next = waiting.shift(); next; next = waiting.shift())
      await doOne(next.work).then(next.resolve, next.reject)
    isWorking = false
  }

  return (work: Work): Promise<Done> => {
    if (waiting.length >= waitingMax)
      return Promise.reject(new Refusal('tooBusy', `${waitingMax} wait already`))
    return new Promise<Done>((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      if (!isWorking) void workOff()
    })
  }
}
