import type { RuleMessage } from './message.ts'
import type { Value } from './value.ts'

/** `aws_lambda` waits so long, and then the call has failed. @see AWS IoT developer guide, "aws_lambda(functionArn, inputJson)" */
export const LAMBDA_TIMEOUT_MS = 2_000

/**
 * What functions ask of AWS. Whoever runs rules brings it; a call that fails throws, which ends the rule without its
 * actions, as AWS has it. Each is told for which message it is. What is left out cannot be asked for: the rule fails with a sentence that says so.
 */
export interface RuleServices {
  /**
   * `aws_lambda(arn, input)`: its answer, which is JSON, within {@link LAMBDA_TIMEOUT_MS}.
   */
  invokeLambda?(request: { functionArn: string; input: Value }, message: RuleMessage): Promise<Value>
  /** `get_dynamodb(…)`: the item as an Object; Undefined where there is none. */
  getDynamodbItem?(
    request: {
      tableName: string
      key: readonly { readonly name: string; readonly value: Value }[]
      roleArn: string
    },
    message: RuleMessage,
  ): Promise<Value>
  /** `get_thing_shadow(…)`: the whole document. */
  getThingShadow?(
    request: { thingName: string; shadowName: string | undefined; roleArn: string },
    message: RuleMessage,
  ): Promise<Value>
  /** `get_secret(…)`, as Secrets Manager has it. */
  getSecret?(
    request: { secretId: string; roleArn: string },
    message: RuleMessage,
  ): Promise<{
    readonly secretString?: string | undefined
    readonly secretBinary?: Uint8Array | undefined
  }>
  /** `get_registry_data(…)`: the answer of that operation. */
  getRegistryData?(
    request: { operation: 'DescribeThing' | 'ListThingGroupsForThing'; thingName: string; roleArn: string },
    message: RuleMessage,
  ): Promise<Value>
  /** `machinelearning_predict(…)`; the record's members are numbers, texts and Booleans. */
  predict?(request: { modelId: string; roleArn: string; record: Value }, message: RuleMessage): Promise<Value>
  /** `decode(…, 'proto', …)`: reads the message by the descriptor set in the bucket. */
  decodeProtobuf?(
    request: { bytes: Uint8Array; bucket: string; key: string; fileName: string; messageType: string },
    message: RuleMessage,
  ): Promise<Value>
}
