import { expect, test, vi } from 'vitest'
import { DeviceJobs } from './device-jobs.ts'
import { createModels } from './fleet-models.ts'

const P = '$aws/things/thermostat-1/jobs'
const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value))

function setUp(options: { random?: () => number; isSilent?: boolean } = {}) {
  const [model] = createModels(1, 1)
  if (!model) throw new Error('no model')
  const sent: { topic: string; payload: Record<string, unknown> }[] = []
  const installed: string[] = []
  const changes: string[] = []
  const timers = new Set<() => void>()
  const jobs = new DeviceJobs({
    model,
    publish: (topic, payload, acknowledged) => {
      sent.push({ topic, payload: { ...payload } })
      acknowledged?.()
    },
    after: (_, callback) => {
      timers.add(callback)
      return () => void timers.delete(callback)
    },
    random: options.random ?? (() => 0.5),
    install: (version) => installed.push(version),
    identity: {
      signingRequest: async (rotation) => `request for ${rotation}`,
      install: async (certificate) => {
        if (certificate === 'of another key') throw new Error('It is of another key.')
        return 'its id'
      },
    },
    changeOver: () => changes.push('over'),
    isSilent: options.isSilent ?? false,
  })
  /** Lets all pass that there is to wait for. */
  const pass = () => {
    for (let [callback] = timers; callback; [callback] = timers) {
      timers.delete(callback)
      callback()
    }
  }
  const begin = (jobDocument: object, more: object = {}) =>
    jobs.handle(
      `${P}/start-next/accepted`,
      bytes({ execution: { jobId: 'j', executionNumber: 1, status: 'IN_PROGRESS', jobDocument, ...more } }),
    )
  return {
    jobs,
    sent,
    installed,
    changes,
    timers,
    pass,
    begin,
    statuses: () => sent.map(({ payload }) => payload.status),
  }
}

const UPDATE = { operation: 'firmware-update', version: '9.0.0' }

test('asks for its next job when it connects, and updates itself step by step', () => {
  const { jobs, sent, installed, pass, begin, statuses } = setUp()
  jobs.start()
  expect(sent).toEqual([{ topic: `${P}/start-next`, payload: {} }])
  begin(UPDATE)
  pass()
  expect(statuses().slice(1)).toEqual([...Array.from({ length: 6 }, () => 'IN_PROGRESS'), 'SUCCEEDED'])
  expect(sent.at(-1)).toEqual({
    topic: `${P}/j/update`,
    payload: {
      status: 'SUCCEEDED',
      executionNumber: 1,
      statusDetails: { step: 'restarting', progress: '100 %', version: '9.0.0' },
    },
  })
  expect(installed).toEqual(['9.0.0'])
})

test('goes on where it was before it was away', () => {
  const { sent, pass, begin } = setUp()
  begin(UPDATE, { statusDetails: { done: '5' } })
  pass()
  expect(sent.map(({ payload }) => payload.statusDetails)).toMatchObject([
    { step: 'installing' },
    { step: 'restarting' },
  ])
})

test('now and then an update fails, and says where', () => {
  const { sent, installed, pass, begin } = setUp({ random: () => 0.01 })
  begin(UPDATE)
  pass()
  expect(sent.at(-1)?.payload).toMatchObject({ status: 'FAILED', statusDetails: { reason: expect.any(String) } })
  expect(installed).toEqual([])
})

test('changes its configuration at once; what it does not take is a failure', () => {
  const { sent, begin } = setUp()
  begin({ operation: 'configure', state: { targetTemperature: 23 } })
  expect(sent.at(-1)?.payload).toMatchObject({ status: 'SUCCEEDED' })
  begin({ operation: 'configure', state: { targetTemperature: 23, colour: 'red' } })
  expect(sent.at(-1)?.payload).toMatchObject({ status: 'FAILED', statusDetails: { reason: 'Not applied: colour' } })
  begin({ operation: 'sing' })
  expect(sent.at(-1)?.payload).toMatchObject({ status: 'REJECTED' })
})

test('rotates its certificate: a request of its own key, then the certificate, and only then it changes over', async () => {
  const { jobs, sent, changes, begin } = setUp()
  const told = async (document: object) => {
    begin(document)
    return vi.waitFor(() => sent.splice(0, 1)[0]?.payload ?? expect.unreachable('nothing is told yet'), {
      timeout: 20_000,
    })
  }
  expect(await told({ operation: 'make-signing-request', rotation: 'r' })).toMatchObject({
    status: 'SUCCEEDED',
    statusDetails: { csr: 'request for r' },
  })
  const install = { operation: 'install-certificate', rotation: 'r' }
  expect(await told({ ...install, certificates: { other: 'PEM' } })).toMatchObject({
    status: 'FAILED',
    statusDetails: { reason: 'There is no certificate of thermostat-1 in the document.' },
  })
  expect(await told({ ...install, certificates: { 'thermostat-1': 'of another key' } })).toMatchObject({
    status: 'FAILED',
    statusDetails: { reason: 'It is of another key.' },
  })
  expect(changes).toEqual([])
  expect(await told({ ...install, certificates: { 'thermostat-1': 'PEM' } })).toMatchObject({ status: 'SUCCEEDED' })
  expect(changes).toEqual(['over'])

  begin({ ...install, certificates: { 'thermostat-1': 'PEM' } })
  jobs.stop() // away before it was done
  await new Promise(setImmediate)
  expect(sent).toEqual([])
})

test('stops when its job was canceled by force, and takes the next one', () => {
  const { jobs, sent, timers, begin } = setUp()
  begin(UPDATE)
  jobs.handle(`${P}/notify-next`, bytes({ timestamp: 1 }))
  expect(timers.size).toBe(0)
  jobs.handle(
    `${P}/notify-next`,
    bytes({ timestamp: 1, execution: { jobId: 'k', executionNumber: 1, status: 'QUEUED' } }),
  )
  expect(sent.at(-1)?.topic).toBe(`${P}/start-next`)
})

test('the silent one never answers', () => {
  const { jobs, sent } = setUp({ isSilent: true })
  jobs.start()
  jobs.handle(`${P}/notify-next`, bytes({ execution: { jobId: 'k', executionNumber: 1, status: 'QUEUED' } }))
  expect(sent).toEqual([])
})
