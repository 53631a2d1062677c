import { expect, test } from 'vitest'
import { type AccountOperationsParts, accountOperations } from './account-operations.ts'
import type { CertificateChange } from './foundation/certificates.ts'
import { Changes } from './foundation/changes.ts'
import { testContext } from './foundation/context.test-support.ts'
import type { RegistryChange } from './foundation/registry-change.ts'

test('a listener that throws keeps no other change from whoever listens, now or later', () => {
  const registry = new Changes<RegistryChange>()
  const policies = new Changes<readonly string[]>()
  const changes = { registry, policies, certificates: new Changes<CertificateChange>() }
  // Whatever else there is, is not asked.
  const parts = { context: testContext().context, changes } as unknown as AccountOperationsParts
  const { atomically } = accountOperations(parts)
  registry.subscribe(() => {
    throw new Error('the disk is full')
  })
  const heard: unknown[] = []
  policies.subscribe((targets) => void heard.push(...targets))
  const work = () => {
    registry.tell({ type: 'billingGroup', operation: 'created', name: 'group', arn: 'arn' })
    policies.tell(['of it'])
  }
  expect(() => atomically(work)).toThrow('the disk is full')
  policies.tell(['later'])
  expect(heard).toEqual(['of it', 'later'])
  expect(() => atomically(work)).toThrow('the disk is full')
})
