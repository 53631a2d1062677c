import type { IotLog } from '../../foundation/iot-log.ts'
import type { Metrics } from '../../foundation/metrics.ts'
import type { Publisher } from '../../foundation/traffic.ts'
import type { FleetError } from './fleet-error.ts'

export type FleetOperation = 'CreateKeysAndCertificate' | 'CreateCertificateFromCsr' | 'RegisterThing'

/** One thing that a device asked of fleet provisioning, and how that ended. */
export interface FleetOutcome {
  readonly operation: FleetOperation
  readonly publisher: Publisher
  readonly templateName?: string | undefined
  readonly deviceCertificateId?: string | undefined
  readonly thingName?: string | undefined
  readonly error?: FleetError | undefined
}

/**
 * Tells the log and the metrics of fleet provisioning. AWS documents the entry of a device that was provisioned; that of a
 * certificate that could not be made has the same form here, without a template. What stands behind `details` is ours.
 * @see AWS IoT Core developer guide, "ProvisionDevice log entry" and "Device provisioning metrics"
 */
export class FleetEntries {
  readonly #iotLog: IotLog
  readonly #metrics: Metrics

  constructor({ iotLog, metrics }: { readonly iotLog: IotLog; readonly metrics: Metrics }) {
    this.#iotLog = iotLog
    this.#metrics = metrics
  }

  tell(outcome: FleetOutcome): void {
    const { operation, templateName, error } = outcome
    // "emitted in both Success (value = 0) and Failure (value = 1) cases"
    const dimensions: Record<string, string> = templateName === undefined ? {} : { TemplateName: templateName }
    this.#count(`${operation}Failed`, dimensions, error ? 1 : 0)
    // A certificate alone is no provisioned device.
    if (operation === 'RegisterThing' || error) this.#log(outcome)
  }

  /** @param things that were registered with the claim up to now: "the statistic to use is Max" */
  countRegistered(claimCertificateId: string, things: number): void {
    this.#count('ApproximateNumberOfThingsRegistered', { ClaimCertificateId: claimCertificateId }, things)
  }

  #count(name: string, dimensions: Readonly<Record<string, string>>, value: number): void {
    this.#metrics.record({ namespace: 'AWS/IoT', name, dimensions, unit: 'Count' }, value)
  }

  #log({ operation, publisher, templateName, deviceCertificateId, thingName, error }: FleetOutcome): void {
    const status = error ? 'Failure' : 'Success'
    if (!this.#iotLog.isOn || !this.#iotLog.keeps('ProvisionDevice', status, publisher)) return
    this.#iotLog.write({
      eventType: 'ProvisionDevice',
      status,
      traceId: publisher.traceId,
      fields: {
        provisioningTemplateName: templateName,
        deviceCertificateId,
        details: detailsOf(thingName, error),
        reason: error?.code,
        operation,
        protocol: publisher.protocol,
        clientId: publisher.clientId,
        principalId: publisher.principal.principalId,
        sourceIp: publisher.sourceIp,
        sourcePort: publisher.sourcePort,
        thingName,
      },
    })
  }
}

/** In words: what became of a device. */
export function detailsOf(thingName: string | undefined, error: FleetError | undefined): string {
  if (error) return error.message
  return thingName === undefined ? 'The device was provisioned' : `The device was provisioned as ${thingName}`
}
