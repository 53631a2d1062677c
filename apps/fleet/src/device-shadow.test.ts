import { expect, test } from 'vitest'
import { DeviceShadow } from './device-shadow.ts'
import { createModels } from './fleet-models.ts'

const P = '$aws/things/thermostat-1/shadow'
const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value))

function setUp() {
  const [model] = createModels(1, 1)
  if (!model) throw new Error('no model')
  const sent: { topic: string; payload: object }[] = []
  const shadow = new DeviceShadow(model, '', (topic, payload) => sent.push({ topic, payload }))
  shadow.start()
  return { model, shadow, sent }
}

test('asks for its shadow first, and makes it when there is none', () => {
  const { model, shadow, sent } = setUp()
  expect(sent).toEqual([{ topic: `${P}/get`, payload: {} }])
  shadow.handle(`${P}/get/rejected`, bytes({ code: 404, message: "No shadow exists with name: 'thermostat-1'" }))
  expect(sent.at(-1)).toEqual({ topic: `${P}/update`, payload: { state: { reported: model.reported('') } } })
})

test('reports only what changed, and nothing before it knows what the service holds', () => {
  const { model, shadow, sent } = setUp()
  shadow.report()
  expect(sent).toHaveLength(1)
  shadow.handle(`${P}/get/accepted`, bytes({ version: 3, state: { reported: { ...model.reported(''), mode: 'off' } } }))
  expect(sent.at(-1)?.payload).toEqual({ state: { reported: { mode: 'heat' } } })
  shadow.report()
  expect(sent).toHaveLength(2)
})

test('obeys a delta, and ignores one that is older than the last', () => {
  const { model, shadow, sent } = setUp()
  shadow.handle(`${P}/get/accepted`, bytes({ version: 3, state: { reported: model.reported('') } }))
  shadow.handle(`${P}/update/delta`, bytes({ version: 5, state: { targetTemperature: 27 } }))
  expect(sent.at(-1)?.payload).toEqual({ state: { reported: { targetTemperature: 27 } } })
  shadow.handle(`${P}/update/delta`, bytes({ version: 4, state: { targetTemperature: 12 } }))
  expect(model.reported('')).toMatchObject({ targetTemperature: 27 })
})

// Found in review: the wish stayed, and each later alarm was acknowledged at once.
test('an order that was carried out is taken off the shadow with the report', () => {
  const pump = createModels(3, 1).find(({ thingName }) => thingName === 'pump-1')
  if (!pump) throw new Error('no pump')
  const sent: object[] = []
  const shadow = new DeviceShadow(pump, 'alarms', (_topic, payload) => sent.push(payload))
  shadow.handle(`${shadow.prefix}/get/accepted`, bytes({ version: 1, state: { reported: pump.reported('alarms') } }))
  while (pump.reported('alarms').acknowledged) pump.advance(60)
  shadow.report()
  shadow.handle(`${shadow.prefix}/update/delta`, bytes({ version: 2, state: { acknowledged: true } }))
  expect(sent.at(-1)).toEqual({ state: { reported: { acknowledged: true }, desired: { acknowledged: null } } })
  shadow.report()
  expect(sent).toHaveLength(2)
})
