import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billedUnits, costOf } from './cost.ts'
import { Guard } from './guard.ts'
import { Ledger, readLedger } from './ledger.ts'
import { readOptions } from './options.ts'

const PREFIX = 'thingdeck-conformance-x7k2-'
const HEAD = { ledger: 1, account: '123456789012', region: 'us-east-1', prefix: PREFIX } as const

let folder: string
let ledger: Ledger
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guard-'))
  ledger = new Ledger(join(folder, 'ledger.jsonl'), HEAD)
})
afterEach(() => {
  ledger[Symbol.dispose]()
  rmSync(folder, { recursive: true })
})

test.each([
  ['DeleteThing', { thingName: 'pump-7' }, 'names nothing of this run'],
  ['UpdateCertificate', { certificateId: '0'.repeat(64), newStatus: 'INACTIVE' }, 'names nothing of this run'],
  ['UpdateIndexingConfiguration', { thingName: `${PREFIX}a` }, "is the account's"],
  ['SetV2LoggingOptions', { roleArn: `${PREFIX}a` }, "is the account's"],
  ['CreateThing', { thingName: 'pump-7', thingTypeName: `${PREFIX}a` }, 'makes pump-7, which is no name of this run'],
  ['CreateDomainConfiguration', { domainConfigurationName: `${PREFIX}a` }, 'Nobody knows how to remove'],
])('%s of %j never leaves', (operation, input, why) => {
  expect(() => new Guard(PREFIX, ledger).before(operation, input)).toThrow(why)
  expect(ledger.entries).toEqual([])
})

test('what is made is on the disk before it is made, and a line that was cut is of no call', () => {
  const guard = new Guard(PREFIX, ledger)
  guard.before('DescribeThing', { thingName: 'pump-7' })
  guard.before('CreateThing', { thingName: `${PREFIX}a` })
  guard.before('CreateThing', { thingName: `${PREFIX}a` })
  guard.before('CreateTopicRule', { ruleName: `${PREFIX.replaceAll('-', '_')}a` })
  guard.before('DeleteThing', { thingName: `${PREFIX}a` })
  expect(readLedger(ledger.path)).toMatchObject({
    head: HEAD,
    entries: [
      { kind: 'thing', name: `${PREFIX}a` },
      { kind: 'topic rule', name: 'thingdeck_conformance_x7k2_a' },
    ],
  })
  truncateSync(ledger.path, readFileSync(ledger.path).length - 5)
  expect(readLedger(ledger.path).entries).toHaveLength(1)
})

const CERTIFICATE = { kind: 'certificate', name: 'a'.repeat(64), atMs: 0, publicKey: 'b'.repeat(64) }

test.each<[head: object, entry: object, why: string]>([
  [{ ...HEAD, prefix: '' }, {}, 'its first line names no prefix'],
  [{ ...HEAD, prefix: '*' }, {}, 'its first line names no prefix'],
  [{ ...HEAD, prefix: 'thingdeck-conformance-' }, {}, 'its first line names no prefix'],
  [{ ...HEAD, prefix: ['thingdeck-conformance-x7k2-'] }, {}, 'its first line names no prefix'],
  [HEAD, { kind: 'thing', name: 'pump-7', atMs: 0 }, 'Line 3'],
  [HEAD, { kind: 'bucket', name: `a-${PREFIX}`, atMs: 0 }, 'Line 3'],
  [HEAD, { kind: 'universe', name: `${PREFIX}a`, atMs: 0 }, 'Line 3'],
  [HEAD, { ...CERTIFICATE, publicKey: undefined }, 'Line 3'],
])('a ledger of %j with %j is refused before anything is removed', (head, entry, why) => {
  writeFileSync(ledger.path, [head, CERTIFICATE, entry].map((line) => `${JSON.stringify(line)}\n`).join(''))
  expect(() => readLedger(ledger.path)).toThrow(why)
})

test.each([
  [[], '--target is aws or embedded, not left out'],
  [['--target', 'azure'], '--target is aws or embedded, not azure'],
  [['--target', 'aws', '--only', 'registry,things'], 'There is no area things. There are: registry, '],
  [['--target', 'aws', '--prefix', 'Pump-'], '--prefix is up to twelve lower-case letters and digits, not Pump-'],
  [['--target', 'aws', '--account', '12'], '--account is 12 digits, not 12'],
  [['--target', 'aws', '--max-cost', 'much'], '--max-cost is a number of at least 0, not much'],
  [['--target', 'aws', '--update-expected'], '--update-expected goes with --target embedded'],
  [['--clean-up'], '--clean-up needs one of --ledger FILE and --prefix NAME'],
  [['--target', 'aws', '--ledger', 'x'], '--ledger goes with --clean-up'],
  [['--bogus'], "Unknown option '--bogus'"],
])('%j is refused with what would be right', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence)
})

test('what a run costs is the sum of what has a list price', () => {
  const usage = {
    calls: { CreateThing: 2, SearchIndex: 1, CreateJob: 1, CreateTopicRule: 3 },
    messages: 10,
    connections: 1,
  }
  const units = billedUnits([usage, usage])
  expect(units.map(({ count }) => count)).toEqual([20, 2, 4, 2, 4, 2, 6, 14])
  const dollars = 20 / 1e6 + (2 * 0.08) / 1e6 + (4 * 1.25) / 1e6 + (2 * 0.05) / 1e4 + (4 * 2.25) / 1e6 + 2 * 0.003
  expect(costOf(units)).toBeCloseTo(dollars, 9)
})
