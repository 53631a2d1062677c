import { expect, test } from 'vitest'
import { reconnectStorm } from './reconnect-storm.ts'

const quiet = (count: number) => Array.from({ length: 50 }, () => count)

test.each<[name: string, connects: (number | null)[], things: number, storm: object | undefined]>([
  ['a fleet comes back at once', [...quiet(2), 900, 300, 2, null], 1_200, { connects: 900, minutesAgo: 3 }],
  ['a few devices connect again and again', quiet(58), 4, { connects: 58, minutesAgo: 0 }],
  ['a large fleet comes and goes as ever', quiet(120), 1_200, undefined],
  ['few of many come at once', [...quiet(0), 25, 0], 1_200, undefined],
  ['a dozen devices are turned on', [...quiet(0), 12, 0], 12, undefined],
  ['nothing is known', [null, null], 12, undefined],
])('%s', (_, connects, things, storm) => {
  expect(reconnectStorm(connects, things)).toEqual(storm)
})
