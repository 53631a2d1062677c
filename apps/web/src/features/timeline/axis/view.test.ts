import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fact, START_MS } from '../model/test-facts.ts'
import { timelineOf } from '../model/timeline.ts'
import { bucketsOf, timesOf } from './buckets.ts'
import { brushed, panned, spanOf, ticks, toMs, toX, type View, zoomed } from './view.ts'

const HOUR: View = { fromMs: START_MS, toMs: START_MS + 3_600_000 }

test('what one zooms around stays where it is, and zooming back leads back', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      (share, factor) => {
        const aroundMs = HOUR.fromMs + share * spanOf(HOUR)
        const view = zoomed(HOUR, factor, aroundMs)
        expect(Math.abs(toX(view, aroundMs, 1_000) - share * 1_000)).toBeLessThan(1)
        const back = zoomed(view, 1 / factor, aroundMs)
        expect(Math.abs(back.fromMs - HOUR.fromMs)).toBeLessThan(10)
        expect(Math.abs(back.toMs - HOUR.toMs)).toBeLessThan(10)
      },
    ),
  )
})

test('there is an end to zooming in and out', () => {
  expect(spanOf(zoomed(HOUR, 1e-9, START_MS))).toBe(100)
  expect(spanOf(zoomed(HOUR, 1e9, START_MS))).toBe(400 * 86_400_000)
})

test('panned by half, brushed in either direction', () => {
  expect(panned(HOUR, -0.5)).toEqual({ fromMs: START_MS - 1_800_000, toMs: START_MS + 1_800_000 })
  expect(brushed(200, 100)).toEqual(brushed(100, 200))
  expect(spanOf(brushed(5, 5))).toBeGreaterThan(0)
  expect(toMs(HOUR, 500, 1_000)).toBe(START_MS + 1_800_000)
})

test.each<[why: string, view: View, offsetMs: number, texts: string[]]>([
  ['an hour', HOUR, 0, ['05:00', '05:10', '05:20', '05:30', '05:40', '05:50', '06:00']],
  ['in another zone', HOUR, 5.5 * 3_600_000, ['10:30', '10:40', '10:50', '11:00', '11:10', '11:20', '11:30']],
  [
    'across midnight',
    { fromMs: START_MS - 8 * 3_600_000, toMs: START_MS },
    0,
    ['21:00', '22:00', '23:00', '03-04', '01:00', '02:00', '03:00', '04:00', '05:00'],
  ],
  [
    'seconds',
    { fromMs: START_MS, toMs: START_MS + 6_000 },
    0,
    ['05:00:00', '05:00:01', '05:00:02', '05:00:03', '05:00:04', '05:00:05', '05:00:06'],
  ],
])('ticks of %s', (_, view, offsetMs, texts) => {
  expect(ticks(view, 800, offsetMs).map(({ text }) => text)).toEqual(texts)
})

test('ten thousand moments are no more marks than there is room for, and none is lost', () => {
  const log = Array.from({ length: 10_000 }, (_, index) => fact(index * 0.36, 'Connect'))
  const moments = timelineOf({ log, activity: [], subject: undefined, nowMs: START_MS })
  const buckets = bucketsOf(moments, HOUR, 1_000, 8)
  expect(buckets.length).toBeLessThanOrEqual(1_000 / 8 + 1)
  expect(buckets.reduce((sum, bucket) => sum + timesOf(bucket), 0)).toBe(10_000)
})

test('marks of a lane are apart, in order, and hold what is in view', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -600, max: 4_200 }), { maxLength: 60 }), (seconds) => {
      const log = seconds.map((each) => fact(each, 'Connect'))
      const moments = timelineOf({ log, activity: [], subject: undefined, nowMs: START_MS })
      const buckets = bucketsOf(moments, HOUR, 700, 8)
      for (const [index, { fromX }] of buckets.entries()) {
        if (index > 0) expect(fromX - (buckets[index - 1]?.fromX ?? 0)).toBeGreaterThanOrEqual(8)
      }
      expect(buckets.flatMap(({ moments: held }) => held)).toHaveLength(
        seconds.filter((each) => each >= 0 && each <= 3_600).length,
      )
    }),
  )
})
