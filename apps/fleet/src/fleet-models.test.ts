import { expect, test } from 'vitest'
import { createModels } from './fleet-models.ts'

const run = (seed: number) =>
  createModels(6, seed).map((model) => {
    const seen: unknown[] = []
    for (let step = 0; step < 50; step += 1) {
      model.advance(3)
      seen.push(model.telemetry(), model.alarms(), model.intervalMs())
    }
    return { name: model.thingName, attributes: model.attributes, seen }
  })

test('the same seed gives the same fleet, another seed another one', () => {
  expect(run(7)).toEqual(run(7))
  expect(run(7)).not.toEqual(run(8))
})

test('a device is the same in a fleet of any size', () => {
  expect(createModels(3, 5).map((model) => model.attributes)).toEqual(
    createModels(9, 5)
      .slice(0, 3)
      .map((model) => model.attributes),
  )
})

test.each([
  ['thermostat-1', '', { targetTemperature: 25, mode: 'heat' }],
  ['lamp-1', '', { on: true, brightness: 35 }],
  ['pump-1', 'config', { targetPressure: 4.5, mode: 'manual', telemetryIntervalSeconds: 2 }],
  ['pump-1', 'alarms', { acknowledged: true }],
])('%s obeys its shadow "%s"', (thingName, shadowName, desired) => {
  const model = createModels(3, 1).find((candidate) => candidate.thingName === thingName)
  model?.desire(shadowName, desired)
  model?.advance(60)
  // A pump may raise an alarm of its own within the minute; what was wished is then wished again.
  if (shadowName === 'alarms') model?.desire(shadowName, desired)
  expect(model?.reported(shadowName)).toMatchObject(desired)
})

test.each([
  ['thermostat-1', { targetTemperature: 99 }],
  ['thermostat-1', { mode: 'party' }],
  ['lamp-1', { brightness: 'very' }],
])('%s leaves what it cannot do: %o', (thingName, desired) => {
  const model = createModels(3, 1).find((candidate) => candidate.thingName === thingName)
  const before = model?.reported('')
  model?.desire('', desired)
  expect(model?.reported('')).toEqual(before)
})

test('a thermostat heats its room to the target and stays there', () => {
  const [thermostat] = createModels(1, 3)
  thermostat?.desire('', { targetTemperature: 24 })
  for (let step = 0; step < 400; step += 1) thermostat?.advance(3)
  const { temperature } = thermostat?.telemetry() ?? {}
  expect(Math.abs(Number(temperature) - 24)).toBeLessThan(1)
})
