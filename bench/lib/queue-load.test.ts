import { expect, test } from 'vitest'
import { QueueEngine } from '#core/routing/queue-engine.ts'
import { NaiveEngine } from './naive-engine.ts'
import { type Engine, LOAD_QUEUES, QueueLoad } from './queue-load.ts'

test('the engine and its peer, which looks at everybody, decide alike', () => {
  for (let seed = 1; seed <= 2; seed++) {
    const offers = (engine: Engine) => {
      const load = new QueueLoad(engine, { seed, waiting: 60 })
      // Long enough for offers to be missed and for rules to relax.
      load.steps(2_000)
      return load.offers
    }
    const ours = offers(new QueueEngine(LOAD_QUEUES))
    expect(ours.length, `seed ${seed}`).toBeGreaterThan(300)
    expect(offers(new NaiveEngine(LOAD_QUEUES)), `seed ${seed}`).toEqual(ours)
  }
})
