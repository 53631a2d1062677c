import { IoTClient, type LogLevel, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import { stack } from './stack.ts'

/** Has AWS IoT log at this level, as its administrator. */
export async function logAt(defaultLogLevel: LogLevel, { sdk }: Pick<typeof stack, 'sdk'> = stack): Promise<void> {
  const iot = new IoTClient(sdk)
  await iot.send(
    new SetV2LoggingOptionsCommand({
      roleArn: 'arn:aws:iam::123456789012:role/iot-logging',
      defaultLogLevel,
      disableAllLogs: false,
    }),
  )
}
