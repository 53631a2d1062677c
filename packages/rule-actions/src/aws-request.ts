import type { RulePermission } from '@thingdeck/rules-sql'
import type { MatchedMessage } from './execution.ts'

/** One call of AWS that an action comes down to, for one message. */
export interface AwsRequest<Operation extends string = string, Input extends object = object> {
  /** As the SDK has it: `PutObject`. */
  readonly operation: Operation
  /** What it is told. */
  readonly input: Input
  /** What it is done to, as failures name it: a bucket, a queue's URL. */
  readonly resource: string
  /** What the role needs for it. */
  readonly permissions: readonly RulePermission[]
  /** For the log entry. */
  readonly resources: { readonly [name: string]: string }
  /** Where it is in another region than the rule. */
  readonly region?: string | undefined
  /** `Action: s3, Bucket: b, Key: "k"`, for the failure's sentence. */
  readonly words: string
}

/** An action that calls a service of AWS. */
export interface AwsActionRequest<Request extends AwsRequest = AwsRequest> {
  readonly label: string
  /** `Failed to put S3 object`, as failures begin. */
  readonly failure: string
  /** Absent for Lambda, whose functions say themselves who may invoke them. */
  readonly roleArn?: string
  /** @throws {ActionFailure} where the message's values do not fit */
  request(message: MatchedMessage): Promise<Request>
}
