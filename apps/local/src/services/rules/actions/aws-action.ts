import { ActionFailure, type AwsActionRequest, type AwsRequest, awsFailure } from '@thingdeck/rule-actions'
import type { IotLogValue } from '../../../foundation/iot-log.ts'
import type { RoleChecks } from '../rule-roles.ts'
import type { CompiledAction, Execution } from './action.ts'
import { type AwsClient, type AwsClients, type AwsTarget, answeredWith, noService } from './aws-clients.ts'

/** One call of AWS that an action comes down to, and how it is made. */
export interface AwsCall extends Omit<AwsRequest, 'operation' | 'input'> {
  /** Makes the call. A rejection is a failure of the action. */
  send(client: AwsClient): Promise<void>
}

/** An action that calls a service of AWS. */
export interface AwsActionShape extends Pick<AwsActionRequest, 'label' | 'failure' | 'roleArn'> {
  readonly target: AwsTarget
  /** @throws {ActionFailure} where the message's values do not fit */
  call(execution: Execution): Promise<AwsCall>
}

/** An action whose requests are the console's too, with what sends them here. */
export const sentTo = <Request extends AwsRequest>(
  target: AwsTarget,
  { request, ...shape }: AwsActionRequest<Request>,
  send: (client: AwsClient, request: Request, execution: Execution) => Promise<void>,
): AwsActionShape => ({
  ...shape,
  target,
  call: async (execution) => {
    const made = await request(execution)
    return { ...made, send: (client) => send(client, made, execution) }
  },
})

/** Does an action that calls a service of AWS, on the rights of its role. */
export class AwsAction implements CompiledAction {
  readonly label: string
  readonly #shape: AwsActionShape
  readonly #clients: AwsClients
  readonly #roles: RoleChecks
  /** Of the message that is under way, so that its templates are rendered once. */
  readonly #calls = new WeakMap<Execution, Promise<AwsCall>>()

  constructor(shape: AwsActionShape, clients: AwsClients, roles: RoleChecks) {
    this.label = shape.label
    this.#shape = shape
    this.#clients = clients
    this.#roles = roles
  }

  async resources(execution: Execution): Promise<{ readonly [name: string]: IotLogValue }> {
    return (await this.#call(execution)).resources
  }

  async run(execution: Execution): Promise<void> {
    const { target, roleArn } = this.#shape
    const call = await this.#call(execution)
    const { topic } = execution.input.message
    const fail = (reason: string, cause?: unknown) => awsFailure(this.#shape, call, topic, reason, cause)
    for (const { action, resource } of roleArn === undefined ? [] : call.permissions) {
      const why = this.#roles.whyNot(roleArn ?? '', action, resource)
      if (why !== undefined) throw fail(why)
    }
    const client = await this.#clients.of(target, roleArn, call.region)
    if (!client) throw fail(`that ${noService(target)}`)
    try {
      await call.send(within(client, this.#clients.timeoutOf(target)))
    } catch (error) {
      if (error instanceof ActionFailure) throw error // in words of its own
      throw fail(errorWords(target.title, error), error)
    }
  }

  #call(execution: Execution): Promise<AwsCall> {
    let call = this.#calls.get(execution)
    if (!call) {
      call = this.#shape.call(execution)
      this.#calls.set(execution, call)
    }
    return call
  }
}

/** The same client, all of whose calls have to end in so many milliseconds, tried again or not. */
function within(client: AwsClient, milliseconds: number): AwsClient {
  const abortSignal = AbortSignal.timeout(milliseconds)
  return { send: (command) => client.send(command, { abortSignal }), destroy: () => client.destroy() }
}

/** `The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: …)` */
function errorWords(title: string, error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { httpStatusCode, requestId } = answeredWith(error) ?? {}
  if (httpStatusCode === undefined) return `${error.message || error.name} (Service: ${title})`
  return `${error.message} (Service: ${title}; Status Code: ${httpStatusCode}; Error Code: ${error.name}; Request ID: ${requestId ?? 'N/A'})`
}
