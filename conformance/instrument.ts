import type { AnyClient, Clients } from './clients.ts'
import type { Guard } from './guard.ts'
import type { Pacer } from './pacer.ts'
import type { UsageCounter } from './usage.ts'

/** Who looks at each call before it leaves. */
export interface Onlookers {
  readonly pacer: Pacer
  readonly guard?: Guard
  readonly counter?: UsageCounter
  /** Once it is aborted no call leaves any more. */
  readonly signal?: AbortSignal
}

/** Has the onlookers see every call of these clients. */
export function instrument(clients: Clients, onlookers: Onlookers): Clients {
  for (const client of [clients.iot, clients.data, clients.jobs, clients.iam, clients.s3]) watch(client, onlookers)
  return clients
}

/** As far as it is looked at. */
interface Call {
  readonly input: Readonly<Record<string, unknown>>
}

function watch(client: AnyClient, { pacer, guard, counter, signal }: Onlookers): void {
  // Each client has types of its own for what passes; what is done here is the same for all.
  const stack = client.middlewareStack as AnyClient['middlewareStack'] & {
    add(middleware: unknown, options: { step: 'initialize'; name: string; priority: 'high' }): void
  }
  const middleware =
    (next: (args: Call) => Promise<{ output: object }>, about: { commandName?: string }) => async (args: Call) => {
      const operation = (about.commandName ?? '').replace(/Command$/, '')
      signal?.throwIfAborted()
      guard?.before(operation, args.input)
      await pacer.turn(operation)
      signal?.throwIfAborted()
      counter?.call(operation)
      const result = await next(args)
      const { certificateId, certificatePem } = result.output as Readonly<Record<string, unknown>>
      if (typeof certificateId === 'string' && typeof certificatePem === 'string') {
        guard?.ownCertificate(certificateId, certificatePem)
      }
      return result
    }
  stack.add(middleware, { step: 'initialize', name: 'conformance', priority: 'high' })
}
