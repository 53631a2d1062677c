import { expect, test } from 'vitest'
import { type CommandTemper, DeviceCommands } from './device-commands.ts'
import { createModels } from './fleet-models.ts'

const P = '$aws/commands/things/lamp-1/executions'
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

function setUp(temper: CommandTemper = 'obeys') {
  const [, model] = createModels(2, 1)
  if (!model) throw new Error('no model')
  const sent: { topic: string; payload: object }[] = []
  const timers = new Set<() => void>()
  const commands = new DeviceCommands({
    model,
    publish: (topic, payload) => sent.push({ topic, payload }),
    after: (_, callback) => {
      timers.add(callback)
      return () => void timers.delete(callback)
    },
    random: () => 0.5,
    temper,
  })
  const order = (document: unknown) => commands.handle(`${P}/e1/request/json`, bytes(document))
  return { model, commands, sent, timers, order, said: () => sent.map(({ payload }) => payload) }
}

test('restarts, which takes a while', () => {
  const { commands, sent, timers, order, said } = setUp()
  expect(commands.topicFilters).toEqual([`${P}/+/request/json`])
  expect(order({ command: 'restart' })).toBe(true)
  for (const callback of timers) callback()
  expect(said()).toEqual([{ status: 'IN_PROGRESS' }, { status: 'SUCCEEDED', result: { restarted: { b: true } } }])
  expect(sent[0]?.topic).toBe(`${P}/e1/response/json`)
})

test('goes on with nothing once it is away', () => {
  const { commands, timers, order, said } = setUp()
  order({ command: 'restart' })
  commands.stop()
  expect(timers.size).toBe(0)
  expect(said()).toEqual([{ status: 'IN_PROGRESS' }])
})

test('takes a brightness, and refuses what it does not have and what it does not know', () => {
  const { model, order, said } = setUp()
  order({ command: 'set-brightness', brightness: 40 })
  model.advance(60)
  expect(model.reported('')).toMatchObject({ brightness: 40 })
  order({ command: 'set', state: { speed: 3 } })
  order({ command: 'sing' })
  order('text')
  expect(said()).toMatchObject([
    { status: 'SUCCEEDED', result: { brightness: { s: '40' } } },
    { status: 'REJECTED', statusReason: { reasonCode: 'UNKNOWN_PROPERTY' } },
    { status: 'REJECTED', statusReason: { reasonCode: 'UNKNOWN_COMMAND' } },
    { status: 'REJECTED', statusReason: { reasonCode: 'UNKNOWN_COMMAND' } },
  ])
})

test('one refuses every command, another one never answers', () => {
  const locked = setUp('refuses')
  locked.order({ command: 'restart' })
  expect(locked.said()).toMatchObject([{ status: 'REJECTED', statusReason: { reasonCode: 'LOCKED' } }])
  const silent = setUp('is silent')
  expect(silent.order({ command: 'restart' })).toBe(true)
  expect(silent.said()).toEqual([])
})

test('leaves other topics to others', () => {
  const { commands } = setUp()
  expect(commands.handle('$aws/things/lamp-1/shadow/update/delta', bytes({}))).toBe(false)
})
