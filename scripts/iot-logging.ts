import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { IoTClient, type IoTClientConfig, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'

const ROLE_NAME = 'IoTLogging'

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })

/**
 * Turns AWS IoT's own log on at INFO, as the account's administrator does: what devices did, and why something or
 * somebody was refused, is then in the log group AWSIotLogsV2. On AWS that costs money, in the embedded server nothing.
 * @see AWS IoT Core developer guide, "Configure AWS IoT logging"
 */
export async function turnOnLogging(administrator: IoTClientConfig): Promise<void> {
  const iam = new IAMClient(administrator)
  const iot = new IoTClient(administrator)
  try {
    const trust = document({ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' })
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: ROLE_NAME, AssumeRolePolicyDocument: trust }))
    const PolicyDocument = document({
      Effect: 'Allow',
      Action: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'logs:PutMetricFilter',
        'logs:PutRetentionPolicy',
      ],
      Resource: 'arn:aws:logs:*:*:log-group:*',
    })
    await iam.send(new PutRolePolicyCommand({ RoleName: ROLE_NAME, PolicyName: 'logs', PolicyDocument }))
    await iot.send(
      new SetV2LoggingOptionsCommand({
        roleArn: Role?.Arn,
        defaultLogLevel: 'INFO',
        // Who came with a certificate that is inactive, or not known, is told of only where it is asked for.
        eventConfigurations: [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' }],
      }),
    )
  } finally {
    iam.destroy()
    iot.destroy()
  }
}
