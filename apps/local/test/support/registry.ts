import { pino } from 'pino'
import type { LocalContext } from '../../src/foundation/context.ts'
import { Database } from '../../src/foundation/database.ts'
import type { FleetSources } from '../../src/foundation/fleet-sources.ts'
import { IotLog } from '../../src/foundation/iot-log.ts'
import { Metrics } from '../../src/foundation/metrics.ts'
import { registryHandlers } from '../../src/services/registry/handlers.ts'
import { createRegistry } from '../../src/services/registry/registry.ts'
import { tagHandlers } from '../../src/services/tags/index.ts'
import { Tags } from '../../src/services/tags/tags.ts'

export const ACCOUNT = { id: '123456789012', region: 'eu-central-1' }

/** ARN of one of the certificates that exist in the fixture. */
export const certificate = (digit: string): string => `arn:aws:iot:eu-central-1:123456789012:cert/${digit.repeat(64)}`

/** The Cognito identity that exists in the fixture. */
export const IDENTITY = 'eu-central-1:11111111-2222-3333-4444-555555555555'

/**
 * A registry of its own in memory, with a clock that stands still until `advance`. The certificates `a`, `b` and `c`
 * and one Cognito identity exist.
 */
export function registryFixture(sources: FleetSources = {}, database = new Database(':memory:')) {
  let nowMs = Date.UTC(2026, 0, 1)
  const context: LocalContext = {
    account: ACCOUNT,
    clock: () => nowMs,
    database,
    log: pino({ level: 'silent' }),
    metrics: new Metrics(() => nowMs),
    iotLog: new IotLog(),
  }
  const known = new Set([certificate('a'), certificate('b'), certificate('c'), IDENTITY])
  const tags = new Tags(context)
  const registry = createRegistry(context, { ...sources, tags, principalExists: (principal) => known.has(principal) })
  return {
    context,
    registry,
    tags,
    iot: { ...registryHandlers(registry), ...tagHandlers(tags) },
    advance: (ms: number) => {
      nowMs += ms
    },
  }
}

export type RegistryFixture = ReturnType<typeof registryFixture>

/** Every item of a paged listing, read in pages of `maxResults`. */
export function readAll<Item>(
  list: (page: { maxResults: number; nextToken?: string }) => { items: Item[]; nextToken: string | undefined },
  maxResults = 2,
): Item[] {
  const items: Item[] = []
  let nextToken: string | undefined
  do {
    const page = list(nextToken === undefined ? { maxResults } : { maxResults, nextToken })
    items.push(...page.items)
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return items
}

/** What a call throws; undefined when it throws nothing. */
export function refusal(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}
