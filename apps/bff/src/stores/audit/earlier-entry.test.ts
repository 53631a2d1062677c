import { AuditEntry } from '@thingdeck/contract'
import Value from 'typebox/value'
import { expect, test } from 'vitest'
import { inTodaysWords } from './earlier-entry.ts'

const COMMON = {
  id: '1-0',
  time: '2026-11-22T10:00:00.000Z',
  person: { id: 'p', name: 'Ada', role: 'operator' },
  requestId: 'r',
  outcome: { status: 200 },
}
const ARN = 'arn:aws:iot:us-east-1:123456789012:thing/pump-7'

test.each<[what: string, stored: object, today: object]>([
  [
    'a classic shadow',
    { action: 'UpdateThingShadow', thingName: 'pump-7', resource: ARN },
    { resource: { type: 'shadow', id: 'pump-7', arn: ARN } },
  ],
  [
    'a named shadow',
    { action: 'DeleteThingShadow', thingName: 'pump-7', shadowName: 'config', resource: `${ARN}/config` },
    { resource: { type: 'shadow', id: 'pump-7/config', arn: `${ARN}/config` } },
  ],
  ['a thing', { action: 'UpdateThing', thingName: 'pump-7' }, { resource: { type: 'thing', id: 'pump-7' } }],
  [
    'one shadow of a job, as bulk changes were called',
    { action: 'UpdateThingShadow', thingName: 'pump-7', resource: ARN, jobId: 'j-1' },
    { resource: { type: 'shadow', id: 'pump-7', arn: ARN }, bulkChangeId: 'j-1' },
  ],
  [
    'a whole job',
    { action: 'StartShadowJob', resource: 'j-1', jobId: 'j-1', shadowName: 'config' },
    { resource: { type: 'bulk-change', id: 'j-1' }, bulkChangeId: 'j-1' },
  ],
  [
    'the fleet index',
    { action: 'UpdateIndexingConfiguration', resource: 'fleet indexing' },
    { resource: { type: 'index', id: 'AWS_Things' } },
  ],
  ['something else', { action: 'X', resource: 'a b' }, { resource: { type: 'other', id: 'a b' } }],
  ['nothing in particular', { action: 'SignIn' }, {}],
  [
    "today's own",
    { action: 'UpdatePolicy', resource: { type: 'policy', id: 'p' } },
    { resource: { type: 'policy', id: 'p' } },
  ],
])('%s', (_what, stored, today) => {
  const { action } = stored as { action?: string }
  const entry = inTodaysWords({ ...COMMON, ...stored })
  expect(entry).toEqual({ ...COMMON, action, ...today })
  expect(Value.Check(AuditEntry, entry)).toBe(true)
})
