import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildMessage } from '../../../../shared/message-draft/build-message.ts'
import { type Draft, EMPTY_DRAFT, readDraft } from '../../../../shared/message-draft/draft.ts'
import { readTemplate } from '../../../../shared/message-draft/read-template.ts'
import { draftLike, type MessageToRepeat } from './draft-like.ts'
import { TEMPLATES } from './saved-messages.ts'

const draft = (change: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, topic: 'dt/a', text: '{}', ...change })

function problemsOf(change: Partial<Draft>) {
  const read = readTemplate(draft(change), 0)
  return read.ok ? {} : read.problems
}

test.each<[Partial<Draft>, string, RegExp]>([
  [{ topic: 'dt/+/a' }, 'topic', /cannot contain \+ or #/],
  [{ topic: '' }, 'topic', /at least one character/],
  [{ topic: '$aws/things/a/shadow/update/delta' }, 'topic', /may not publish/],
  [{ topic: 'a/b/c/d/e/f/g/h/i' }, 'topic', /At most 7 slashes/],
  [{ topic: 'é'.repeat(129) }, 'topic', /At most 256 bytes/],
  [{ topic: 'dt/{{thingName}}', replacesPlaceholders: true }, 'topic', /no thing here/],
  [
    { topic: 'dt/{{thing}}', replacesPlaceholders: true },
    'topic',
    /no placeholder \{\{thing\}\}; there are \{\{thingName\}\}, .+ Write \\\{\{thing\}\} where/,
  ],
  [{ topic: '$aws/things/a/shadow/get', retain: true }, 'retain', /retains nothing/],
  [{ text: '{"a":}' }, 'payload', /Expected .+ at line 1, column 6/],
  [{ form: 'hex', text: '7b 2' }, 'payload', /pairs of hexadecimal digits/],
  [{ form: 'text', text: 'x'.repeat(131_073) }, 'payload', /131073 bytes are more/],
  [{ expiry: '0' }, 'expiry', /from 1 to 604800/],
  [{ expiry: '1.5' }, 'expiry', /Whole seconds/],
  [{ responseTopic: 'a/#' }, 'properties', /Response topic/],
  [{ correlation: 'xy', correlationForm: 'hex' }, 'correlation', /hexadecimal/],
  [{ user: [['', '']] }, 'properties', /needs a name/],
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
  const written = {
    topic: 'dt/{{thingName}}/{{seq}}',
    thingName: 'pump-7',
    text: '{"n":1.0}',
    replacesPlaceholders: true,
  }
  const read = readTemplate(draft(written), 0)
  expect(read).toMatchObject({ ok: true, sizeBytes: 9, template: { topic: 'dt/{{thingName}}/{{seq}}' } })
  expect(read.ok && read.template.properties).toBeUndefined()
})

test('braces mean nothing unless placeholders are asked for', () => {
  const built = published({ topic: 'ha/x', payload: bytes('{"value_template":"{{ value }}"}'), qos: 0, retain: false })
  expect(text(built.payload)).toBe('{"value_template":"{{ value }}"}')
})

/** What is published by a draft that is like a message and was not edited. */
function published(message: MessageToRepeat) {
  const read = readTemplate(draftLike(message), 0)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const built = buildMessage(read.template, { nowMs: 0, uuid: '', seq: 1 })
  if (!built.ok) throw new Error(built.problem.message)
  return { ...built.request, retain: built.request.retain ?? false }
}
/** Bytes of two realms, the browser's and Node's, are compared as numbers. */
const plain = ({ payload, properties, ...rest }: MessageToRepeat) => ({
  ...rest,
  payload: [...payload],
  ...(properties && {
    properties: {
      ...properties,
      ...(properties.correlationData && { correlationData: [...properties.correlationData] }),
    },
  }),
})
const bytes = (of: string) => new TextEncoder().encode(of)
const text = (of: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(of)

test.each([
  ['{ "b" : 1, "b": 2 }', 'json'],
  ['\ufeff{"t":21.5}', 'text'],
  ['{"t":21.5}\u0000', 'text'],
  ['a\r\nb\r\n', 'text'],
  ['a\r\nb\n', 'hex'],
  ['a\rb', 'hex'],
  ['', 'text'],
  ['{"x":"{{now}} \\\\{{seq}} \\\\\\\\{{uuid}}"}', 'json'],
])('%j is a draft as %s, and sent as it was', (payload, form) => {
  const message = { topic: ' dt/a ', payload: bytes(payload), qos: 0, retain: false } as const
  expect(draftLike(message).form).toBe(form)
  expect(plain(published(message))).toEqual(plain(message))
})

test('a draft like a message makes the same message, to the last byte', () => {
  const scraps = fc.string({
    unit: fc.constantFrom('a', '{', '}', '"', ':', '1', ' ', '\\', '\r', '\n', '\ufeff', '\0', '{{now}}', 'é'),
  })
  const messages = fc.record({
    topic: fc.constantFrom('dt/a', ' dt/a', 'dt/{{now}}'),
    qos: fc.constantFrom(0 as const, 1 as const),
    retain: fc.boolean(),
    payload: fc.oneof(fc.uint8Array(), scraps.map(bytes), fc.json().map(bytes)),
    properties: fc.record(
      {
        correlationData: fc.oneof(fc.uint8Array(), scraps.map(bytes)),
        userProperties: fc.array(fc.tuple(fc.constantFrom('a', 'b'), scraps), { minLength: 1 }),
        contentType: fc.constantFrom('', 'application/json'),
        responseTopic: fc.constantFrom('a/b', ' a'),
        payloadFormatIndicator: fc.boolean(),
        messageExpiryIntervalSeconds: fc.integer({ min: 1, max: 604_800 }),
      },
      { requiredKeys: [] },
    ),
  })
  fc.assert(
    fc.property(messages, ({ properties, ...rest }) => {
      const message = { ...rest, ...(Object.keys(properties).length > 0 ? { properties } : {}) }
      expect(plain(published(message))).toEqual(plain(message))
      // As it comes back from the browser's store.
      expect(readDraft(JSON.parse(JSON.stringify(draftLike(message))))).toEqual(draftLike(message))
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

test('a draft of a release that always replaced placeholders goes on doing so', () => {
  expect(readDraft({ topic: 'dt/{{thingName}}', text: '{}' }).replacesPlaceholders).toBe(true)
  expect(readDraft({ topic: 'dt/a', text: '{"x":"{{ value }}"}' }).replacesPlaceholders).toBe(false)
})

test.each(TEMPLATES.map(({ name, draft: template }) => [name, template] as const))(
  '%s is ready to be sent',
  (_, template) => {
    expect(readTemplate({ ...template, thingName: 'pump-7' }, 0)).toMatchObject({ ok: true })
  },
)
