import { expect, test } from 'vitest'
import { type Advance, advanceThing } from './advance-thing.ts'
import type { KeptThing, ThingChange } from './kept-rotation.ts'

const AT = '2026-03-04T05:06:07.000Z'

/** A thing as it is kept, and AWS's side of it, of which some calls get no answer. */
function rotating(start: Partial<KeptThing>, unanswered: (call: string, time: number) => boolean) {
  const calls: string[] = []
  let kept: KeptThing = { thingName: 'pump-1', stage: 'requested', since: AT, oldCertificateIds: ['old'], ...start }
  const call = async (name: string) => {
    calls.push(name)
    if (unanswered(name, calls.filter((each) => each === name).length)) throw new Error('ECONNRESET')
  }
  const change = (wanted: ThingChange) => {
    kept = { ...kept, ...wanted } as KeptThing // what is undefined is taken away
    return kept
  }
  const advance: Advance = {
    aws: {
      oldCertificates: async () => ({ certificateIds: ['old'], policyNames: [], isExclusive: false }),
      issue: async () => {
        await call('issue')
        return { certificateId: 'new', certificatePem: 'PEM' }
      },
      findIssued: async () => undefined,
      attach: (id) => call(`attach ${id}`),
      activate: (id) => call(`${id} ACTIVE`),
      deactivate: async (id) => {
        await call(`${id} INACTIVE`)
        return true
      },
      thingsOf: async () => ['pump-1'],
      remove: (id) => call(`remove ${id}`),
    },
    nowMs: () => Date.parse(AT),
    learn: async (wanted) => change(wanted),
    enter: async (stage, wanted) => void change({ stage, ...wanted }),
    onWrite: async () => {},
    known: () => new Set(),
    isSafeWithout: () => false,
  }
  const step = () => advanceThing(kept, advance).catch(() => {})
  return { calls, step, kept: () => kept }
}

test.each<[KeptThing['stage'], string, KeptThing['stage']]>([
  ['deactivating', 'old INACTIVE', 'replaced'],
  ['deleting', 'remove old', 'finished'],
  ['delivered', 'new ACTIVE', 'waiting'],
])('%s: what AWS did not answer, %s, is asked for again before it is %s', async (stage, call, next) => {
  const { calls, step, kept } = rotating(
    { stage, newCertificateId: 'new' },
    (name, time) => name === call && time === 1,
  )
  await step()
  expect(kept().stage).toBe(stage)
  await step()
  expect(calls.filter((each) => each === call)).toHaveLength(2)
  expect(kept().stage).toBe(next)
})

test('what may have been deactivated, though nobody answered, is active again when it is undone', async () => {
  const { calls, step, kept } = rotating({ stage: 'deactivating' }, (name) => name === 'old INACTIVE')
  await step()
  expect(kept().deactivatedIds).toEqual(['old'])
  const undoing = rotating({ ...kept(), stage: 'undoing', newCertificateId: 'new' }, () => false)
  await undoing.step()
  expect(undoing.calls).toEqual(['old ACTIVE', 'remove new'])
  expect(undoing.kept().stage).toBe('undone')
  expect(calls).toEqual(['old INACTIVE'])
})
