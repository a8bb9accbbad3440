/** Who is asked again where everybody is asked at once, and what ends the wait of a caller who rings everywhere. */
import { describe, expect, test } from 'vitest'
import { queueWith, RoutingScript } from './routing-script.ts'

const TO_MESSAGE = { do: 'takeMessage' } as const
/** The epoch's first day was a Thursday; 05:00 in Tashkent at second 0. */
const UNTIL_SECOND_15 = { week: [{ days: [4], fromMinute: 0, toMinute: 300.25 }], closedOn: [] } as const

describe('ring all, where one may let two offers ring', () => {
  const two = { order: 'ringAll', missesBeforeUnavailable: 2 } as const
  const bothAsked = `
      0  anna is available for admission in uz
      1  boris is available for admission in uz
      3  c1 arrives at admission in uz`

  test('who has let it ring is asked again only when all have', () => {
    const told = new RoutingScript(queueWith(two))
    expect(
      told
        .play(`${bothAsked}
      8  anna misses c1
      9  vali is available for admission in uz
      12 boris misses c1
      13 vali misses c1`)
        .slice(3),
    ).toEqual([
      ' 8 withdrawOffer c1 anna missed',
      ' 9 offer c1 vali',
      '12 withdrawOffer c1 boris missed',
      '13 withdrawOffer c1 vali missed',
      '13 offer c1 anna',
      '13 offer c1 boris',
      '13 offer c1 vali',
    ])
  })

  test('is asked for another call meanwhile', () => {
    const told = new RoutingScript(queueWith(two))
    const said = told.play(`${bothAsked}
      8  anna misses c1
      9  c2 arrives at admission in uz`)
    expect(said.at(-1)).toBe(' 9 offer c2 anna')
  })

  test.each([
    [
      'has waited as long as he may',
      queueWith({ ...two, tooLong: { waitSecondsMax: 15, then: TO_MESSAGE } }),
      'timedOut',
    ],
    [
      'waits when it closes',
      queueWith({ ...two, hours: { open: UNTIL_SECOND_15, then: TO_MESSAGE, atClosing: 'sendAway' } }),
      'closed',
    ],
  ])('a caller who %s is sent away when all have let it ring', (_who, settings, reason) => {
    const said = new RoutingScript(settings).play(`${bothAsked}\n 90 time passes`)
    expect(said.slice(3)).toEqual([
      '23 withdrawOffer c1 anna missed',
      '23 withdrawOffer c1 boris missed',
      `23 leaveQueue c1 admission ${reason} takeMessage`,
    ])
  })
})
