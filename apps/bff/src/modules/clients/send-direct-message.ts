import { type IoTDataPlaneClient, SendDirectMessageCommand } from '@aws-sdk/client-iot-data-plane'
import type { DirectMessage, DirectMessageSent } from '@thingdeck/contract'
import { httpStatusOf, isNamed } from '../../aws/error-name.ts'
import { Problem } from '../../problem.ts'

/** Unless it is said otherwise (AWS IoT data plane API reference, SendDirectMessage). */
const DEFAULT_TIMEOUT_SECONDS = 5

/**
 * Sends it once, and waits for its confirmation where that is asked for.
 * @param once a client that repeats nothing by itself: a device must not get a message twice for want of an answer
 * @throws {Problem} `NOT_CONFIRMED`, `MESSAGE_REFUSED`; else AWS's own errors
 */
export async function sendDirectMessage(
  once: IoTDataPlaneClient,
  clientId: string,
  message: DirectMessage,
): Promise<DirectMessageSent> {
  const { topic, confirmation, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, contentType, responseTopic } = message
  const { correlationData, isUtf8, userProperties = [] } = message
  const payload = Buffer.from(message.payload, 'base64')
  try {
    const sent = await once.send(
      new SendDirectMessageCommand({
        clientId,
        topic,
        payload,
        confirmation,
        ...(confirmation && { timeout: timeoutSeconds }),
        ...(contentType !== undefined && { contentType }),
        ...(responseTopic !== undefined && { responseTopic }),
        ...(correlationData !== undefined && { correlationData }),
        ...(isUtf8 !== undefined && { payloadFormatIndicator: isUtf8 ? 'UTF8_DATA' : 'UNSPECIFIED_BYTES' }),
        ...(userProperties.length > 0 && {
          userProperties: JSON.stringify(userProperties.map(({ name, value }) => ({ [name]: value }))),
        }),
      }),
    )
    return { confirmed: confirmation, sizeBytes: payload.length, ...(sent.traceId && { traceId: sent.traceId }) }
  } catch (error) {
    throw explained(error, clientId, timeoutSeconds)
  }
}

/** The two that AWS's status says something else of than what has happened. */
function explained(error: unknown, clientId: string, timeoutSeconds: number): unknown {
  if (!(error instanceof Error)) return error
  const words = `AWS says: ${error.name}: ${error.message}`
  if (isNamed(error, 'GatewayTimeoutException')) {
    const detail = `${clientId} has not confirmed it within ${timeoutSeconds} s. It may have got it all the same. ${words}`
    return new Problem('NOT_CONFIRMED', detail, { cause: error })
  }
  if (httpStatusOf(error) === 403) {
    const detail = `Either no policy of ${clientId} lets it receive on this topic (iot:Receive), or the console's role may not send to it (iot:SendDirectMessage). ${words}`
    return new Problem('MESSAGE_REFUSED', detail, { cause: error })
  }
  return error
}
