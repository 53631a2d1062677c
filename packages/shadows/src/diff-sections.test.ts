import { stringifyJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { object } from '../test/arbitrary-state.ts'
import { applyUpdate } from './apply-update.ts'
import { diffSections } from './diff-sections.ts'

test('rows align desired and reported, groups before their keys', () => {
  const first = applyUpdate(
    undefined,
    {
      state: {
        desired: object('{"lamp":{"on":true,"dim":5},"l":[1,2],"mode":"eco","e":{}}'),
        reported: object('{"fw":"1.0","lamp":{"dim":5,"watt":3},"mode":{"k":1}}'),
      },
    },
    { nowSeconds: 100 },
  ).shadow
  const { shadow } = applyUpdate(
    first,
    { state: { reported: object('{"lamp":{"dim":5},"l":[1,2.0]}') } },
    { nowSeconds: 200 },
  )
  const rows = diffSections(shadow).map(
    ({ path, isGroup, status, desired, reported, desiredAtSeconds, reportedAtSeconds }) => [
      `${'  '.repeat(path.length - 1)}${path.at(-1)}${isGroup ? ':' : ''}`,
      status,
      isGroup || desired === undefined ? '' : stringifyJson(desired),
      isGroup || reported === undefined ? '' : stringifyJson(reported),
      desiredAtSeconds,
      reportedAtSeconds,
    ],
  )
  expect(rows).toEqual([
    ['lamp:', 'pending', '', '', 100, 200],
    ['  on', 'pending', 'true', '', 100, undefined],
    ['  dim', 'same', '5', '5', 100, 200],
    ['  watt', 'unasked', '', '3', undefined, 100],
    ['l', 'same', '[1,2]', '[1,2.0]', 100, 200],
    ['mode', 'pending', '"eco"', '{"k":1}', 100, 100],
    ['e', 'pending', '{}', '', undefined, undefined],
    ['fw', 'unasked', '', '"1.0"', undefined, 100],
  ])
})
