import { Refusal } from '../errors.ts'

/** What the calls module asks of knowledge: a wrap-up may only name topics there are. */
export type Topics = { unknownTopics(codes: readonly string[]): readonly string[] }

export function mustBeTopics(topics: Topics, codes: readonly string[]): void {
  const unknown = topics.unknownTopics(codes)
  if (unknown.length > 0) throw new Refusal('badInput', `There is no topic ${unknown.join(', ')}`)
}
