import type { RuleMessage, RuleServices } from '@thingdeck/rules-sql'
import type { LocalContext } from '../../foundation/context.ts'
import type { IotLogValue } from '../../foundation/iot-log.ts'

type Resources = { readonly [name: string]: IotLogValue }

/**
 * What the log calls each call, and what it was about. AWS shows `MachinelearningPredict` with its `ModelId`; the others
 * follow it. Secrets are named, and their values are in no entry.
 * @see AWS IoT developer guide, "CloudWatch AWS IoT log entries", "FunctionExecution log entry"
 */
const CALLS: {
  readonly [Name in Exclude<keyof RuleServices, 'decodeProtobuf' | 'predict'>]-?: readonly [
    ruleAction: string,
    resources: (request: Parameters<NonNullable<RuleServices[Name]>>[0]) => Resources,
  ]
} = {
  invokeLambda: ['AwsLambda', ({ functionArn }) => ({ FunctionArn: functionArn })],
  getDynamodbItem: ['GetDynamodb', ({ tableName }) => ({ TableName: tableName })],
  getThingShadow: ['GetThingShadow', ({ thingName, shadowName }) => ({ ThingName: thingName, ShadowName: shadowName })],
  getSecret: ['GetSecret', ({ secretId }) => ({ SecretId: secretId })],
  getRegistryData: ['GetRegistryData', ({ operation, thingName }) => ({ Operation: operation, ThingName: thingName })],
}

/** The same services, each call of which is an entry of the log where such are kept: at DEBUG, and failures at ERROR. */
export function toldServices(
  { iotLog }: Pick<LocalContext, 'iotLog'>,
  ruleName: string,
  services: RuleServices,
): RuleServices {
  const tell = (ruleAction: string, resources: Resources, message: RuleMessage, failure?: unknown) => {
    const status = failure === undefined ? 'Success' : 'Failure'
    const { clientId, principal, topic, traceId } = message
    const subject = { clientId, principal: principal === undefined ? undefined : { principalId: principal } }
    if (!iotLog.isOn || !iotLog.keeps('FunctionExecution', status, subject)) return
    iotLog.write({
      eventType: 'FunctionExecution',
      status,
      traceId,
      fields: {
        clientId: clientId ?? 'N/A',
        topicName: topic,
        ruleName,
        ruleAction,
        resources,
        principalId: principal ?? 'N/A',
        ...(failure !== undefined && { details: failure instanceof Error ? failure.message : String(failure) }),
      },
    })
  }
  const told = <Request, Answer>(
    [ruleAction, resources]: readonly [string, (request: Request) => Resources],
    call: (request: Request, message: RuleMessage) => Promise<Answer>,
  ) => {
    return async (request: Request, message: RuleMessage): Promise<Answer> => {
      try {
        const answer = await call(request, message)
        tell(ruleAction, resources(request), message)
        return answer
      } catch (error) {
        tell(ruleAction, resources(request), message, error)
        throw error
      }
    }
  }
  const { invokeLambda, getDynamodbItem, getThingShadow, getSecret, getRegistryData, decodeProtobuf } = services
  return {
    ...(invokeLambda && { invokeLambda: told(CALLS.invokeLambda, invokeLambda) }),
    ...(getDynamodbItem && { getDynamodbItem: told(CALLS.getDynamodbItem, getDynamodbItem) }),
    ...(getThingShadow && { getThingShadow: told(CALLS.getThingShadow, getThingShadow) }),
    ...(getSecret && { getSecret: told(CALLS.getSecret, getSecret) }),
    ...(getRegistryData && { getRegistryData: told(CALLS.getRegistryData, getRegistryData) }),
    ...(decodeProtobuf && { decodeProtobuf }), // calls nobody: what it cannot decode is the rule's own failure
  }
}
