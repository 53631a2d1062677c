import type { AwsApiEntry } from './foundation/aws-apis.ts'
import type { Service } from './foundation/service.ts'
import { StartupError } from './foundation/startup-error.ts'

/**
 * Whether what a service says of itself goes together.
 * @param apis all there are, by their keys
 * @throws {StartupError} where it handles an API that nobody brings, or says of what it does not handle what policies are
 *   asked about it
 */
export function checkService(service: Service, apis: ReadonlyMap<string, AwsApiEntry>): void {
  const { name, handlers = {}, resources = {}, needs = {}, controlPlaneNeeds = {} } = service
  const { selfDeciding = [], forOtherAccounts = [] } = service
  const unknown = Object.keys(handlers).find((key) => !apis.has(key))
  if (unknown !== undefined) throw new StartupError(`Service "${name}" handles ${unknown}, an API that nobody brings.`)
  const planes = new Set(Object.keys(handlers).map((key) => apis.get(key)?.plane))
  const [resource] = Object.keys(resources)
  if (resource !== undefined && !planes.has('control')) {
    throw new StartupError(
      `Service "${name}" says what policies call ${resource}, but handles no API of the control plane.`,
    )
  }
  checkHandled(service, 'data', Object.keys(needs), apis)
  checkHandled(service, 'control', [...Object.keys(controlPlaneNeeds), ...selfDeciding, ...forOtherAccounts], apis)
}

/** Operations that a service says something about are its own. */
function checkHandled(
  { name, handlers = {} }: Service,
  plane: AwsApiEntry['plane'],
  operations: readonly string[],
  apis: ReadonlyMap<string, AwsApiEntry>,
): void {
  const ofPlane = Object.entries(handlers).flatMap(([key, table]) => (apis.get(key)?.plane === plane ? [table] : []))
  const lost = operations.find((operation) => !ofPlane.some((table = {}) => Object.hasOwn(table, operation)))
  if (lost === undefined) return
  throw new StartupError(
    `Service "${name}" says what policies are asked about ${lost}, an operation of the ${plane} plane that it does not handle.`,
  )
}

/**
 * Whether an API has the operations that services handle, once its package is loaded.
 * @param sdk has a command of each operation
 * @throws {StartupError} naming the service
 */
export function checkOperations(api: string, sdk: object, services: readonly Service[]): void {
  for (const { name, handlers } of services) {
    const unknown = Object.keys(handlers?.[api] ?? {}).find((operation) => !(`${operation}Command` in sdk))
    if (unknown !== undefined) {
      throw new StartupError(`Service "${name}" handles ${api}'s ${unknown}, an operation that its SDK does not have.`)
    }
  }
}
