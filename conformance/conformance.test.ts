import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateCertificateFromCsrCommand,
  CreateKeysAndCertificateCommand,
  IoTClient,
  ListCertificatesCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Service } from '../scripts/run/service.ts'
import { AREAS } from './areas/index.ts'
import type { Area } from './check.ts'
import { cleanUp } from './clean-up.ts'
import { makeClients } from './clients.ts'
import { type EmbeddedTarget, startEmbeddedTarget } from './embedded.ts'
import { type Expectations, readExpectations } from './expectation.ts'
import { Guard } from './guard.ts'
import { makeRequest } from './identity.ts'
import { instrument } from './instrument.ts'
import { Ledger } from './ledger.ts'
import { findByPrefix } from './listing.ts'
import { Pacer } from './pacer.ts'
import { formatReport } from './report.ts'
import { type CheckResult, runChecks } from './run.ts'
import { findTarget } from './target.ts'
import { UsageCounter } from './usage.ts'

let embedded: EmbeddedTarget
let folder: string

beforeAll(async () => {
  embedded = await startEmbeddedTarget()
  folder = await mkdtemp(join(tmpdir(), 'conformance-'))
  for (const [name, value] of Object.entries(embedded.environment)) vi.stubEnv(name, value)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await embedded[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function runInProcess(name: string, areas: readonly Area[], expected: (area: string) => Expectations) {
  const target = await findTarget(embedded.environment)
  const prefix = `thingdeck-conformance-${name}-`
  const head = { ledger: 1, account: target.account, region: target.region, prefix } as const
  using ledger = new Ledger(join(folder, `${name}.jsonl`), head)
  const guard = new Guard(prefix, ledger)
  const counter = new UsageCounter()
  const { signal } = new AbortController()
  using clients = instrument(makeClients(target), { guard, counter, signal, pacer: new Pacer(Infinity) })
  const parts = { target, prefix, clients, guard, counter, signal, settleMs: 0 }
  return await runChecks({ parts, areas, expected, onResult: () => {} })
}

const whatDiffers = (results: readonly CheckResult[]) =>
  results
    .filter(({ outcome }) => outcome !== 'same')
    .map(({ area, id, outcome, why, differences }) => ({ check: `${area}/${id}`, outcome, why, differences }))

test('the embedded server does what is expected of AWS, and each check uses what it says', {
  timeout: 240_000,
}, async () => {
  const ids = AREAS.flatMap(({ checks }) => checks.map(({ id }) => id))
  expect(new Set(ids).size, 'names are made of ids').toBe(ids.length)
  const results = await runInProcess('all', AREAS, readExpectations)
  expect(whatDiffers(results)).toEqual([])
  const kept = AREAS.flatMap(({ name, checks }) => checks.map(({ id }) => readExpectations(name)[id]?.uses.calls))
  // The role of a run is made by the first check that needs it.
  const operations = (calls: Readonly<Record<string, number>> = {}) => Object.keys(calls)
  expect(results.map(({ uses }) => operations(uses.calls))).toEqual(kept.map(operations))
})

test('what is otherwise than expected stands in the report, wording apart from all else', async () => {
  const settings = AREAS.filter(({ name }) => name === 'settings')
  const wrong = (area: string): Expectations =>
    JSON.parse(
      JSON.stringify(readExpectations(area)).replace('"POLICY",', '"POLICIES",').replace('not recognized', 'unknown'),
    )
  const results = await runInProcess('wrong', settings, wrong)
  const report = formatReport({
    head: {
      target: 'aws',
      region: 'us-east-1',
      startedAt: '2026-11-30',
      prefix: 'thingdeck-conformance-wrong-',
      versions: {},
    },
    results,
  })
  expect(report).toContain('1 checks: 0 as expected, 1 differ, 0 not finished, 0 skipped.')
  const [, behaviour = '', wording = ''] = report.split('## ')
  expect(behaviour).toContain('| settings/readings | event types[4] | `"POLICIES"` | `"POLICY"` |')
  expect(wording).toMatch(/^Wording.*iot:Job unknown.*iot:Job not recognized/s)
})

/** The command line against the account, as a person has it. */
class Run {
  readonly lines: string[] = []
  readonly #service: Service
  #isSaid: (line: string) => void = () => {}

  constructor(...args: readonly string[]) {
    this.#service = new Service({
      name: 'run of the checks',
      program: 'conformance/main.ts',
      args: ['--target', 'aws', ...args],
      environment: { ...process.env, ...embedded.environment },
      onError: (line) => {
        this.lines.push(line)
        this.#isSaid(line)
      },
    })
  }

  /** Sends a signal when this is said. @returns the exit code, null of what was killed */
  interrupt(said: string, signal: NodeJS.Signals): Promise<number | null> {
    this.#isSaid = (line) => {
      if (line.includes(said)) this.#service.signal(signal)
    }
    return this.ended()
  }

  ended(): Promise<number | null> {
    return this.#service.ended
  }
}

const runArgs = (name: string) => {
  const rates = ['--calls-per-second', '1000', '--settle', '0']
  return ['--prefix', name, '--report', join(folder, name), '--yes', '--only', 'policies,shadows', ...rates]
}

/** Everything in the account that a run made, certificates whosever they are. */
async function leftBehind(name: string) {
  using clients = makeClients(await findTarget(embedded.environment))
  const { certificates = [] } = await new IoTClient(embedded.server.sdk).send(
    new ListCertificatesCommand({ pageSize: 250 }),
  )
  return {
    found: await findByPrefix(clients, `thingdeck-conformance-${name}-`),
    certificates: certificates.map(({ certificateId }) => certificateId).toSorted(),
  }
}

test('a run in an account that is interrupted or killed leaves nothing behind', { timeout: 240_000 }, async () => {
  const before = await leftBehind('stopped')
  const stopped = new Run(...runArgs('stopped'))
  expect(await stopped.interrupt('policies/versions', 'SIGINT'), stopped.lines.join('\n')).toBe(130)
  expect(stopped.lines).toContainEqual(expect.stringContaining('a listing has nothing with the prefix'))
  expect(await leftBehind('stopped')).toEqual(before)
  expect(await readFile(join(folder, 'stopped', 'report.md'), 'utf8')).not.toContain(embedded.server.account)

  const killed = new Run(...runArgs('killed'))
  expect(await killed.interrupt('policies/attachments', 'SIGKILL')).toBe(null)
  const left = await leftBehind('killed')
  expect(left.found.length).toBeGreaterThan(0)
  expect(left.certificates.length).toBeGreaterThan(before.certificates.length)
  const cleaning = new Run('--clean-up', '--ledger', join(folder, 'killed', 'ledger.jsonl'))
  expect(await cleaning.ended(), cleaning.lines.join('\n')).toBe(0)
  expect(await leftBehind('killed')).toEqual(before)
})

test('a certificate whose answer never came is found by its key; one whose key AWS made is named, and left', async () => {
  const target = await findTarget(embedded.environment)
  using clients = makeClients(target)
  const { request: certificateSigningRequest } = await makeRequest('lost')
  using ledger = new Ledger(join(folder, 'lost.jsonl'), { ledger: 1, ...target, prefix: 'thingdeck-conformance-lost-' })
  const guard = new Guard('thingdeck-conformance-lost-', ledger)
  guard.before('CreateCertificateFromCsr', { certificateSigningRequest })
  const lost = await clients.iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest }))
  guard.before('CreateKeysAndCertificate', {})
  const doubtful = await clients.iot.send(new CreateKeysAndCertificateCommand({}))
  const { entries } = ledger
  const cleaned = await cleanUp({
    clients,
    prefix: 'thingdeck-conformance-lost-',
    entries,
    patienceMs: 0,
    tell: () => {},
  })
  expect(cleaned).toMatchObject({ removed: 1, left: [] })
  expect(cleaned.doubtful).toContain(doubtful.certificateId)
  expect(cleaned.doubtful).not.toContain(lost.certificateId)
  expect((await leftBehind('lost')).certificates).not.toContain(lost.certificateId)
})

test('nothing is done in another account than the one that was named', async () => {
  const run = new Run('--account', '999999999999', ...runArgs('other'))
  expect(await run.ended()).toBe(2)
  expect(run.lines).toEqual([expect.stringContaining('of account 123456789012, not of 999999999999: nothing was done')])
})
