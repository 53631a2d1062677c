import type { RulePermission } from '@thingdeck/rules-sql'
import { ActionFailure } from './action-error.ts'
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

/**
 * The failure of a call, in the sentence that AWS logs and gives to error actions.
 * @param action how its sentence begins
 * @param why what was received: `The specified bucket does not exist (Service: Amazon S3; …)`
 */
export const awsFailure = (
  action: Pick<AwsActionRequest, 'failure'>,
  { resource, words }: Pick<AwsRequest, 'resource' | 'words'>,
  topic: string,
  why: string,
  cause?: unknown,
): ActionFailure =>
  new ActionFailure(
    resource,
    `${action.failure}. The error received was ${why}. Message arrived on: ${topic}, ${words}`,
    cause,
  )
