// @vitest-environment node
import { expect, test } from 'vitest'
import { buildMessage } from '../../../../shared/message-draft/build-message.ts'
import type { MessageTemplate } from '../../../../shared/message-draft/message-template.ts'
import { expandTemplate } from '../../../../shared/message-draft/template.ts'
import { PublishRefused } from '../../../../shared/mqtt/line.ts'
import type { PublishRequest } from '../../../../shared/mqtt/message.ts'
import { TestClock } from '../../../../shared/mqtt/test-clock.ts'
import { Tasks } from '../tasks/tasks.ts'
import { Publisher } from './publisher.ts'

const CONTEXT = { nowMs: Date.UTC(2026, 10, 22), uuid: 'u-1', seq: 7 }
const TEMPLATE: MessageTemplate = {
  topic: 'cmd/pump-7',
  form: 'json',
  text: '{}',
  qos: 1,
  retain: false,
  replacesPlaceholders: true,
}
const textOf = ({ payload }: PublishRequest) => new TextDecoder().decode(payload)

test.each([
  [
    '{"at":"{{now}}","n":{{seq}},"id":"{{ uuid }}","ms":{{nowMs}}}',
    '{"at":"2026-11-22T00:00:00.000Z","n":7,"id":"u-1","ms":1795305600000}',
  ],
  ['{"a":{"b":{}}}', '{"a":{"b":{}}}'],
  ['{{ not one }} {{}}', '{{ not one }} {{}}'],
  ['\\{{ value }} \\{{seq}}', '{{ value }} {{seq}}'],
  ['"C:\\\\{{seq}}"', '"C:\\\\7"'],
  ['\\\\\\{{seq}}', '\\\\{{seq}}'],
])('%s becomes %s', (template, text) => {
  expect(expandTemplate(template, CONTEXT)).toEqual({ ok: true, text })
})

test('a placeholder that is none says where', () => {
  expect(expandTemplate('a {{nwo}}', CONTEXT)).toMatchObject({ ok: false, from: 2, to: 9 })
  expect(expandTemplate('{{thingName}}', CONTEXT)).toMatchObject({ ok: false, from: 0 })
  expect(expandTemplate('{{thingName}}', { ...CONTEXT, thingName: 'pump-7' })).toEqual({ ok: true, text: 'pump-7' })
})

test.each([
  [{ topic: 'a/+' }, 'topic'],
  [{ topic: '' }, 'topic'],
  [{ topic: '1/2/3/4/5/6/7/8/9' }, 'topic'],
  [{ text: '{"a":}' }, 'payload'],
  [{ form: 'hex', text: '7b2' }, 'payload'],
  [{ form: 'base64', text: '*' }, 'payload'],
  [{ form: 'text', text: 'x'.repeat(131_073) }, 'payload'],
  [{ properties: { responseTopic: 'a/#' } }, 'properties'],
  [{ properties: { userProperties: [['a', '{{b}}']] } }, 'properties'],
] as const)('%o is refused at its %s', (change, field) => {
  expect(buildMessage({ ...TEMPLATE, ...change }, CONTEXT)).toMatchObject({ ok: false, problem: { field } })
})

test('without being asked to, nothing is replaced', () => {
  const { replacesPlaceholders: _, ...template } = TEMPLATE
  const built = buildMessage({ ...template, topic: 'a/{{now}}', text: '{"value_template":"{{ value }}"}' }, CONTEXT)
  expect(built.ok && [built.request.topic, textOf(built.request)]).toEqual([
    'a/{{now}}',
    '{"value_template":"{{ value }}"}',
  ])
})

test('JSON is sent digit for digit, hex as its bytes', () => {
  const json = buildMessage({ ...TEMPLATE, text: '{ "id": 18446744073709551615, "x": 1.0 }' }, CONTEXT)
  expect(json.ok && textOf(json.request)).toBe('{ "id": 18446744073709551615, "x": 1.0 }')
  const hex = buildMessage({ ...TEMPLATE, form: 'hex', text: 'ff 00 7b' }, CONTEXT)
  expect(hex.ok && [...hex.request.payload]).toEqual([0xff, 0, 0x7b])
})

function setUp() {
  const clock = new TestClock()
  const tasks = new Tasks(clock)
  const sent: { atMs: number; text: string }[] = []
  const world = { isConnected: true, answer: 0 as number | PublishRefused }
  const beginMs = clock.nowMs()
  const publisher = new Publisher({
    clock,
    tasks,
    uuid: () => 'u',
    outlet: {
      isConnected: () => world.isConnected,
      async publish(request) {
        if (world.answer instanceof PublishRefused) throw world.answer
        sent.push({ atMs: clock.nowMs() - beginMs, text: textOf(request) })
        return request.qos === 1 ? { reasonCode: world.answer } : {}
      },
    },
  })
  const calls = { ...publisher.procedures(), ...tasks.procedures() }
  return { clock, calls, sent, world, task: () => calls['live.tasks']().at(-1) }
}

test.each([
  [0x00, { ok: true, reasonCode: 0, reason: 'acknowledged' }],
  [0x10, { ok: true, reasonCode: 0x10, reason: 'acknowledged; nobody is subscribed to it (0x10)' }],
  [new PublishRefused('MQTT_0x87', 'not authorized'), { ok: false, reasonCode: 0x87, reason: 'not authorized' }],
  [new PublishRefused('NOT_CONNECTED', 'not connected'), { ok: false, reason: 'not connected' }],
])('an answer of %s is said to be %o', async (answer, outcome) => {
  const { calls, world } = setUp()
  world.answer = answer
  expect(await calls['live.publish'](TEMPLATE)).toMatchObject(outcome)
})

test('a template with a problem is no message', async () => {
  const { calls } = setUp()
  await expect(calls['live.publish']({ ...TEMPLATE, topic: 'a/#' })).rejects.toMatchObject({ code: 'BAD_MESSAGE' })
})

test('repeats at its rate, counts, and stops after so many', async () => {
  const { calls, clock, sent, task } = setUp()
  const template = { ...TEMPLATE, text: '{"n":{{seq}}}' }
  calls['live.publishRepeatedly']({ task: 'p', template, perSecond: 4, count: 5 })
  await clock.advance(2_000)
  expect(sent).toEqual([0, 250, 500, 750, 1_000].map((atMs, index) => ({ atMs, text: `{"n":${index + 1}}` })))
  expect(task()).toMatchObject({ state: 'done', done: 5, total: 5, publish: { sent: 5, succeeded: 5, refused: 0 } })
})

test('can be paused, resumed and stopped', async () => {
  const { calls, clock, sent, task } = setUp()
  calls['live.publishRepeatedly']({ task: 'p', template: TEMPLATE, perSecond: 10 })
  await clock.advance(450)
  calls['live.controlTask']({ task: 'p', action: 'pause' })
  await clock.advance(5_000)
  expect(sent).toHaveLength(5)
  expect(task()?.state).toBe('paused')
  calls['live.controlTask']({ task: 'p', action: 'resume' })
  await clock.advance(250)
  expect(sent).toHaveLength(8)
  calls['live.controlTask']({ task: 'p', action: 'stop' })
  await clock.advance(1_000)
  expect(sent).toHaveLength(8)
  expect(task()).toMatchObject({ state: 'stopped' })
})

test('waits ten seconds for a connection that is away, without a burst afterwards, then gives up', async () => {
  const { calls, clock, sent, world, task } = setUp()
  calls['live.publishRepeatedly']({ task: 'p', template: TEMPLATE, perSecond: 10 })
  await clock.advance(50)
  world.isConnected = false
  await clock.advance(5_000)
  expect(sent).toHaveLength(1)
  world.isConnected = true
  await clock.advance(1_000)
  expect(sent.length).toBeLessThanOrEqual(12)
  world.isConnected = false
  await clock.advance(12_000)
  expect(task()).toMatchObject({ state: 'failed', note: 'The MQTT session was not connected for ten seconds.' })
})
