import { ShadowError } from '@thingdeck/shadows'
import { expect, test } from 'vitest'
import type { DraftStore } from '../../../shared/drafts/session-draft-store.ts'
import { newChangeId, personOfToken } from './client-token.ts'
import { fallbackTransport } from './fallback-transport.ts'
import { newsReader } from './news.ts'
import { ShadowEditor } from './shadow-editor.ts'
import { TEST_KEY, TestShadowService } from './test-service.ts'
import type { ShadowTransport, UpdateAnswer } from './transport.ts'

class ManualClock {
  #nowMs = 1_700_000_000_000
  #timers: { atMs: number; action: () => void }[] = []

  nowMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, action }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  async pass(ms: number): Promise<void> {
    const end = this.#nowMs + ms
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      const next = this.#timers.filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0]
      if (!next) break
      this.#timers = this.#timers.filter((other) => other !== next)
      this.#nowMs = next.atMs
      next.action()
    }
    this.#nowMs = end
  }
}

function serviceTransport(service: TestShadowService): ShadowTransport {
  return {
    async get() {
      const text = service.get()
      return text === undefined ? { kind: 'none' } : { kind: 'document', text }
    },
    async update(document): Promise<UpdateAnswer> {
      try {
        return { kind: 'accepted', ...service.update(document) }
      } catch (error) {
        if (!(error instanceof ShadowError)) throw error
        return { kind: 'refused', code: error.exceptionName, message: error.message }
      }
    },
    async delete() {
      const version = service.shadow?.version
      service.delete()
      return { kind: 'deleted', version }
    },
  }
}

function memoryStore(): DraftStore & { text: string | undefined } {
  return {
    text: undefined,
    read() {
      return this.text ?? null
    },
    write(text) {
      this.text = text
    },
  }
}

function scene(transportOf: (service: TestShadowService) => ShadowTransport = serviceTransport) {
  const service = new TestShadowService()
  service.desire({ a: 1, b: 1 })
  const clock = new ManualClock()
  const store = memoryStore()
  let lastId = 0
  const open = () => {
    const editor = new ShadowEditor({
      transport: transportOf(service),
      clock,
      store,
      newId: () => {
        lastId += 1
        return newChangeId('ada', String(lastId))
      },
    })
    editor.open()
    return editor
  }
  return { service, clock, store, open }
}

/** Hands the service's messages on, as a tap does. */
function connect(service: TestShadowService, editor: ShadowEditor): void {
  const read = newsReader(TEST_KEY)
  service.subscribe(({ topic, payload }) => {
    const news = read(topic, payload, 0)
    if (news) editor.hear(news)
  })
  editor.dispatch({ type: 'line', line: { kind: 'mqtt' } })
}

test('an update whose answer was lost on MQTT goes by REST, and is applied once', async () => {
  const lossy = (service: TestShadowService) => {
    const real = serviceTransport(service)
    const mqtt: ShadowTransport = {
      ...real,
      async update(document, token) {
        await real.update(document, token)
        return { kind: 'unanswered' }
      },
    }
    return fallbackTransport({ transport: mqtt, isUp: () => true }, real)
  }
  const { service, clock, open } = scene(lossy)
  const editor = open()
  await clock.pass(100)
  editor.dispatch({ type: 'typed', section: 'desired', text: '{"a": 5, "b": 1}' })
  editor.save()
  await clock.pass(1_000)
  expect(editor.getState().changes).toMatchObject([{ attempt: 1, status: { kind: 'accepted', version: 2 } }])
  expect(service.applied).toHaveLength(2)
})

test('while MQTT is down REST is asked now and then; when it is back no longer', async () => {
  const { service, clock, open } = scene()
  const editor = open()
  await clock.pass(100)
  service.desire({ b: 2 })
  await clock.pass(5_000)
  expect(editor.getState().live).toMatchObject({ document: { version: 2 } })
  editor.dispatch({ type: 'line', line: { kind: 'mqtt' } })
  service.desire({ b: 3 })
  await clock.pass(60_000)
  expect(editor.getState().live).toMatchObject({ document: { version: 2 } })
})

test('many messages at once make one state, and all of them are in the history', async () => {
  const { service, clock, open } = scene()
  const editor = open()
  await clock.pass(100)
  connect(service, editor)
  let told = 0
  editor.subscribe(() => (told += 1))
  for (let round = 0; round < 100; round += 1) service.report({ a: round })
  await clock.pass(60)
  expect(told).toBe(1)
  expect(editor.getState().live).toMatchObject({ document: { version: 101 } })
  expect(editor.getState().history.entries).toHaveLength(101)
})

test('a draft outlives the page, also one that is no JSON', async () => {
  const { service, clock, open, store } = scene()
  const before = open()
  await clock.pass(100)
  before.dispatch({ type: 'typed', section: 'desired', text: '{"a": 5, "b": 1' })
  before.flush()
  expect(store.text).toContain('5')
  before.close()
  service.desire({ b: 2 })
  const after = open()
  await clock.pass(100)
  expect(after.getState().draft?.texts.desired.text).toBe('{"a": 5, "b": 1')
  after.dispatch({ type: 'typed', section: 'desired', text: '{"a": 5, "b": 1}' })
  expect(after.getState().draft?.texts.desired.text).toBe('{"a": 5, "b": 2}')
  after.dispatch({ type: 'discarded' })
  await clock.pass(1_000)
  expect(store.text).toBeUndefined()
})

test('signed out during a save: the draft stays, and says why', async () => {
  const signedOut = (service: TestShadowService): ShadowTransport => ({
    ...serviceTransport(service),
    update: async () => ({ kind: 'not-sent', code: 'SIGNED_OUT', message: 'Sign in first.' }),
  })
  const { clock, open, store } = scene(signedOut)
  const editor = open()
  await clock.pass(100)
  editor.dispatch({ type: 'typed', section: 'desired', text: '{"a": 5, "b": 1}' })
  editor.save()
  await clock.pass(1_000)
  expect(editor.getState().fault).toMatchObject({ during: 'update', code: 'SIGNED_OUT' })
  expect(editor.getState().draft?.texts.desired.text).toBe('{"a": 5, "b": 1}')
  expect(store.text).toContain('5')
})

test.each([
  [newChangeId('ada', '0123-4567-89ab'), 'ada'],
  [
    `${newChangeId('8c1f6c1e-6a0b-4f6e-9c57-0d0f9a4a7a11', crypto.randomUUID())}-12`,
    '8c1f6c1e-6a0b-4f6e-9c57-0d0f9a4a7a11',
  ],
  [newChangeId('Ada King, Countess', '0123456789'), 'Ada.King.Countess'],
  ['9f3c', undefined],
  [undefined, undefined],
])('the token %s is of %s', (token, person) => {
  expect(personOfToken(token)).toBe(person)
  expect(new TextEncoder().encode(token ?? '').length).toBeLessThanOrEqual(64)
})
