import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { startProduct } from '../scripts/run/product.ts'
import { deployment } from './deployment.ts'
import { type OwnStack, startOwnStack } from './own-stack.ts'
import { OTHER_ACCOUNT, stack } from './stack.ts'

export { expect } from '@playwright/test'

interface WorkerFixtures {
  /** The product as a user starts it, on an account that no other worker knows. It listens where `stack` says. */
  readonly product: undefined
  /** A console whose way to the broker can be held up and broken. */
  readonly gated: OwnStack
  /** A console whose broker passes on as much as comes. */
  readonly unlimited: OwnStack
}

const NO_LIMITS = [
  'inboundPublishesPerSecond',
  'outboundPublishesPerSecond',
  'inboundBytesPerSecond',
  'outboundBufferBytes',
  'queuedMessages',
  'queuedBytes',
  'memoryBytes',
].map((name) => `${name}=off`)

/** Started by the first test of a worker that asks for it, and shared by the others. */
const ownStack = async (limits: readonly string[], use: (own: OwnStack) => Promise<void>) => {
  await using own = await startOwnStack(limits)
  await use(own)
}

const OTHER = { THINGDECK_LOCAL_OTHER_ACCOUNTS: OTHER_ACCOUNT }

/** What every spec begins with: `test` of Playwright, with a product of the worker's own. */
export const test = base.extend<object, WorkerFixtures>({
  // biome-ignore-start lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  product: [
    async ({}, use) => {
      if (deployment !== undefined) return use(undefined)
      const data = await mkdtemp(join(tmpdir(), 'thingdeck-e2e-'))
      await using started = new AsyncDisposableStack()
      started.defer(() => rm(data, { recursive: true, force: true }))
      started.use(await startProduct({ ports: stack.ports, data, devices: 6, environment: OTHER }))
      await use(undefined)
    },
    { scope: 'worker', auto: true, timeout: 180_000 },
  ],
  gated: [({}, use) => ownStack([], use), { scope: 'worker' }],
  unlimited: [({}, use) => ownStack(NO_LIMITS, use), { scope: 'worker' }],
  baseURL: ({}, use) => use(stack.console),
  // biome-ignore-end lint/correctness/noEmptyPattern: see above
})
