import { type IoTClient, TestInvokeAuthorizerCommand } from '@aws-sdk/client-iot'
import type { AuthorizerTest, AuthorizerTestResult } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { present } from '../../aws/present.ts'
import type { Clock } from '../../clock.ts'

/** Errors that are an answer about the authorizer: what it said, or why AWS IoT did not ask it. */
const ABOUT_IT = ['InvalidResponseException', 'InvalidRequestException'] as const

/**
 * Has AWS IoT run the function of an authorizer. That its answer is of no use is an answer; other errors are AWS's own.
 * Nothing of what is sent is kept.
 */
export async function testAuthorizer(
  iotOnce: IoTClient,
  clock: Clock,
  authorizerName: string,
  { mqttContext, ...test }: AuthorizerTest,
): Promise<AuthorizerTestResult> {
  const begunMs = clock.nowMs()
  const took = () => ({ tookMs: Math.max(0, Math.round(clock.nowMs() - begunMs)) })
  const { password, ...mqtt } = mqttContext ?? {}
  try {
    const answer = await iotOnce.send(
      new TestInvokeAuthorizerCommand({
        authorizerName,
        ...test,
        ...(mqttContext && {
          mqttContext: { ...mqtt, ...(password !== undefined && { password: Buffer.from(password, 'base64') }) },
        }),
      }),
    )
    return present({
      outcome: 'answered' as const,
      isAuthenticated: answer.isAuthenticated,
      principalId: answer.principalId,
      policyDocuments: answer.policyDocuments,
      refreshAfterInSeconds: answer.refreshAfterInSeconds,
      disconnectAfterInSeconds: answer.disconnectAfterInSeconds,
      ...took(),
    })
  } catch (error) {
    if (!isNamed(error, ...ABOUT_IT)) throw error
    return { outcome: 'refused', code: error.name, message: error.message, ...took() }
  }
}
