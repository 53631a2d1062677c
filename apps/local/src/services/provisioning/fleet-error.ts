import { AwsError } from '@thingdeck/aws-api'
import { ProvisioningFailure } from '@thingdeck/provisioning'

/** With the status of each. Only that of the token, and 403 of a hook's, have been seen of AWS. */
const STATUS_CODES = {
  InvalidPayload: 400,
  InvalidCertificateOwnershipToken: 400,
  InvalidCsr: 400,
  InvalidParameters: 400,
  LimitExceeded: 400,
  AccessDenied: 403,
  ResourceNotFound: 404,
  ResourceConflict: 409,
  Throttling: 429,
  InternalError: 500,
} as const

export type FleetErrorCode = keyof typeof STATUS_CODES

/** Why a device was not given what it asked for. @see AWS IoT developer guide, "Device provisioning MQTT API" */
export class FleetError extends Error {
  override readonly name = 'FleetError'
  readonly code: FleetErrorCode

  constructor(code: FleetErrorCode, message: string) {
    super(message)
    this.code = code
  }

  get statusCode(): number {
    return STATUS_CODES[this.code]
  }

  /**
   * What the device is told. Of a refusal no more than that: a claim is in every unit of a line, and what a function said,
   * which it is, and what a role may is for the account's people, who find it in the log.
   */
  get told(): string {
    return this.code === 'AccessDenied' ? 'Access denied' : this.message
  }
}

/** What the control plane's errors are called where devices are answered. */
const OF_AWS: Readonly<Record<string, FleetErrorCode>> = {
  AccessDeniedException: 'AccessDenied',
  CertificateValidationException: 'InvalidCsr',
  InvalidRequestException: 'InvalidParameters',
  LimitExceededException: 'LimitExceeded',
  MalformedPolicyException: 'InvalidParameters',
  ResourceNotFoundException: 'ResourceNotFound',
}

/** Undefined for what is no fault of the device, nor of the template. */
export function fleetErrorOf(error: unknown): FleetError | undefined {
  if (error instanceof FleetError) return error
  if (error instanceof ProvisioningFailure) {
    return new FleetError(error.kind === 'conflict' ? 'ResourceConflict' : 'InvalidParameters', error.message)
  }
  if (!(error instanceof AwsError) || error.name === 'InternalFailureException') return undefined
  return new FleetError(OF_AWS[error.name] ?? 'ResourceConflict', error.message)
}
