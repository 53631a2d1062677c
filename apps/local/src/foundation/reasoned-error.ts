import { AwsError } from '@thingdeck/aws-api'

/** An error of an operation with the code that the log's entries have for it, where that says more than its name. */
export class ReasonedError extends AwsError {
  /** e.g. `TARGET_CLIENT_NOT_CONNECTED` */
  readonly reason: string

  constructor(name: string, message: string, reason: string) {
    super(name, message)
    this.reason = reason
  }
}
