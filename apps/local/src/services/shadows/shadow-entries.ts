import { AwsError } from '@thingdeck/aws-api'
import { ShadowError } from '@thingdeck/shadows'
import { shadowTopics } from '@thingdeck/topics'
import { outcomeOfError } from '../../foundation/error-outcome.ts'
import type { IotLog, IotLogEventType } from '../../foundation/iot-log.ts'
import { type Outcome, SUCCESS } from '../../foundation/outcome.ts'
import type { Publisher, Traffic } from '../../foundation/traffic.ts'
import type { ShadowId } from './shadow-table.ts'

/** What is done with a shadow, in the words of its request topics. */
type ShadowOperation = 'get' | 'update' | 'delete'

const EVENT_TYPES = {
  get: 'GetThingShadow',
  update: 'UpdateThingShadow',
  delete: 'DeleteThingShadow',
} as const satisfies Record<ShadowOperation, IotLogEventType>

const OPERATIONS = new Map<string, ShadowOperation>(
  // Its own keys.
  Object.entries(EVENT_TYPES).map(([operation, eventType]) => [eventType, operation as ShadowOperation]),
)

/**
 * The entries of the Device Shadow service. Those of a request by MQTT have the trace id of its Publish-In, those of
 * one by HTTP its request id.
 * @see AWS IoT Core developer guide, "Device Shadow log entries"
 */
export class ShadowEntries {
  readonly #iotLog: IotLog

  /** @param traffic tells of the requests by HTTP */
  constructor(iotLog: IotLog, traffic: Traffic) {
    this.#iotLog = iotLog
    traffic.operations.subscribe(({ operation: name, publisher, input, outcome }) => {
      const operation = OPERATIONS.get(name)
      if (operation && iotLog.isOn) this.#tell(operation, input as ShadowId, publisher, outcome) // its three have one
    })
  }

  /** Does what was asked by MQTT, and tells how that ended. Nobody asked for what the server itself publishes. */
  during<Result>(
    operation: ShadowOperation,
    id: ShadowId,
    publisher: Publisher | undefined,
    work: () => Result,
  ): Result {
    if (!publisher || !this.#iotLog.isOn) return work()
    try {
      const result = work()
      this.#tell(operation, id, publisher, SUCCESS)
      return result
    } catch (error) {
      const isRefusal = error instanceof ShadowError
      const outcome = outcomeOfError(isRefusal ? new AwsError(error.exceptionName, error.message) : error)
      this.#tell(operation, id, publisher, outcome)
      throw error
    }
  }

  #tell(operation: ShadowOperation, { thingName, shadowName }: ShadowId, publisher: Publisher, outcome: Outcome): void {
    const eventType = EVENT_TYPES[operation]
    const status = outcome.kind === 'Success' ? 'Success' : 'Failure'
    if (!this.#iotLog.keeps(eventType, status, publisher)) return
    this.#iotLog.write({
      eventType,
      status,
      traceId: publisher.traceId,
      fields: {
        protocol: publisher.protocol,
        // As AWS's refusals name a shadow: a classic one by its thing.
        deviceShadowName: shadowName === undefined ? thingName : `${thingName}~${shadowName}`,
        topicName: shadowTopics(thingName, shadowName)[operation],
        ...(status === 'Failure' && { reason: outcome.reason, details: outcome.details }),
      },
    })
  }
}
