import { ActionFailure } from '@thingdeck/rule-actions'
import { RuleInput } from '@thingdeck/rules-sql'
import { expect, test } from 'vitest'
import type { CompiledAction, Execution } from './actions/action.ts'
import { FailedBatches } from './failed-batches.ts'

const action = (label: string): CompiledAction => ({
  label,
  resources: async () => ({}),
  run: async () => undefined,
})
const http = action('HttpAction')
const s3 = action('S3Action')

const message = (topic: string): Execution => ({
  ruleName: 'rule',
  input: new RuleInput({ topic, payload: Buffer.from('{}'), timestampMs: 0 }),
  variables: [],
  environment: {
    accountId: '123456789012',
    random: () => 0,
    randomUuid: () => '',
    services: {},
  },
  result: null,
  output: Buffer.from('{}'),
  lineage: { hops: 0, caused: { count: 0 } },
  publisher: undefined,
})

const batchOf = (size: number) => new ActionFailure('url', '500', undefined, { size, isAcrossTopics: false })
const ofBatch = (batch: ActionFailure) => ({ action: http, resource: 'url', message: '500', ofBatch: batch })
const alone = { action: s3, resource: 'bucket', message: 'no such bucket' }

/** Who is told of, and what failed for whom. */
const told = (together: ReturnType<FailedBatches['add']>) =>
  together.map(({ executions, failures }) => ({
    topics: executions.map(({ input }) => input.message.topic),
    failures: failures.map(({ failure, affected }) => [
      failure.action.label,
      affected.map(({ input }) => input.message.topic).join(),
    ]),
  }))

test('a batch is told of when the last of its messages has ended, with what failed for some of them alone', () => {
  const batches = new FailedBatches()
  const batch = batchOf(2)
  expect(batches.add(message('a'), [ofBatch(batch), alone])).toEqual([])
  expect(told(batches.add(message('b'), [ofBatch(batch)]))).toEqual([
    {
      topics: ['a', 'b'],
      failures: [
        ['HttpAction', 'a,b'],
        ['S3Action', 'a'],
      ],
    },
  ])
})

test('a message of two batches is told of once, with the first, and the second does not wait for it', () => {
  const batches = new FailedBatches()
  const [one, other] = [batchOf(2), batchOf(2)]
  expect(batches.add(message('a'), [ofBatch(one), ofBatch(other)])).toEqual([])
  expect(told(batches.add(message('c'), [ofBatch(other)]))).toEqual([
    { topics: ['c'], failures: [['HttpAction', 'c']] },
  ])
  expect(told(batches.add(message('b'), [ofBatch(one)]))).toEqual([
    {
      topics: ['a', 'b'],
      failures: [
        ['HttpAction', 'a,b'],
        ['HttpAction', 'a'],
      ],
    },
  ])
})

test('a batch all of whose messages are told of with others is not told of', () => {
  const batches = new FailedBatches()
  const [one, other] = [batchOf(1), batchOf(1)]
  expect(told(batches.add(message('a'), [ofBatch(one), ofBatch(other)]))).toEqual([
    {
      topics: ['a'],
      failures: [
        ['HttpAction', 'a'],
        ['HttpAction', 'a'],
      ],
    },
  ])
})
