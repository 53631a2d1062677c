import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildMessage } from '../../protocol/build-message.ts'
import type { FullMessage } from '../../protocol/stream.ts'
import { type Draft, draftLike, EMPTY_DRAFT, readDraft, readTemplate } from './draft.ts'

const draft = (change: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, topic: 'dt/a', text: '{}', ...change })

function problemsOf(change: Partial<Draft>) {
  const read = readTemplate(draft(change), 0)
  return read.ok ? {} : read.problems
}

test.each<[Partial<Draft>, string, RegExp]>([
  [{ topic: 'dt/+/a' }, 'topic', /cannot contain \+ or #/],
  [{ topic: '' }, 'topic', /at least one character/],
  [{ topic: '$aws/things/a/shadow/update/delta' }, 'topic', /may not publish/],
  [{ topic: 'dt/{{thingName}}' }, 'topic', /no thing here/],
  [{ topic: 'dt/{{thing}}' }, 'topic', /There is no placeholder \{\{thing\}\}/],
  [{ topic: '$aws/things/a/shadow/get', retain: true }, 'retain', /retains nothing/],
  [{ text: '{"a":}' }, 'payload', /Expected .+ at line 1, column 6/],
  [{ form: 'hex', text: '7b 2' }, 'payload', /pairs of hexadecimal digits/],
  [{ form: 'text', text: 'x'.repeat(131_073) }, 'payload', /131073 bytes are more/],
  [{ expiry: '0' }, 'expiry', /from 1 to 604800/],
  [{ expiry: '1.5' }, 'expiry', /Whole seconds/],
  [{ responseTopic: 'a/#' }, 'properties', /Response topic/],
  [{ correlation: 'xy', correlationForm: 'hex' }, 'correlation', /hexadecimal/],
  [{ user: [['', 'x']] }, 'properties', /needs a name/],
])('%j: %s', (change, field, words) => {
  expect(problemsOf(change)).toHaveProperty(field, expect.stringMatching(words))
})

test('several fields can be wrong at once', () => {
  expect(Object.keys(problemsOf({ topic: '#', expiry: '-1', user: [['', '']] })).sort()).toEqual([
    'expiry',
    'properties',
    'topic',
  ])
})

test('what is written is what is sent, with placeholders replaced only when it is', () => {
  const read = readTemplate(draft({ topic: 'dt/{{thingName}}/{{seq}}', thingName: 'pump-7', text: '{"n":1.0}' }), 0)
  expect(read).toMatchObject({ ok: true, sizeBytes: 9, template: { topic: 'dt/{{thingName}}/{{seq}}' } })
  expect(read.ok && read.template.properties).toBeUndefined()
})

test('a draft like a message makes the same message', () => {
  const messages = fc.record({
    payload: fc.oneof(
      fc.uint8Array(),
      fc.string().map((text) => new TextEncoder().encode(text)),
    ),
    correlationData: fc.uint8Array({ minLength: 1 }),
    userProperties: fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('', 'x'))),
    contentType: fc.constantFrom('', 'application/json'),
  })
  fc.assert(
    fc.property(messages, ({ payload, ...properties }) => {
      const message: FullMessage = {
        sequence: 1,
        receivedAtMs: 0,
        topic: 'dt/a',
        payload,
        qos: 1,
        retain: false,
        dup: false,
        properties,
      }
      const read = readTemplate(draftLike(message), 0)
      expect(read.ok).toBe(true)
      if (!read.ok) return
      const built = buildMessage(read.template, { nowMs: 0, uuid: '', seq: 1 })
      expect(built.ok).toBe(true)
      if (!built.ok) return
      const { correlationData } = built.request.properties ?? {}
      expect([...(correlationData ?? [])]).toEqual([...properties.correlationData])
      expect(built.request.properties?.userProperties ?? []).toEqual(properties.userProperties)
      if (read.template.form !== 'json') expect([...built.request.payload]).toEqual([...payload])
    }),
  )
})

test('what is stored and makes no sense is left out', () => {
  expect(readDraft({ topic: 5, form: 'xml', qos: 2, user: [['a'], ['b', 'c']], text: 'x' })).toEqual({
    ...EMPTY_DRAFT,
    text: 'x',
    user: [['b', 'c']],
  })
  expect(readDraft(undefined)).toEqual(EMPTY_DRAFT)
})
