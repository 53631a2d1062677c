import type { Properties } from './codec/properties.ts'
import { NO_MESSAGE_PROPERTIES } from './delivery.ts'
import type { Limits } from './limits.ts'
import type { MessageProperties } from './types.ts'

/** Those properties of a PUBLISH or a will that travel with the message. */
export function toMessageProperties(properties: Properties | undefined): MessageProperties {
  if (!properties) return NO_MESSAGE_PROPERTIES
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, userProperties } = properties
  const travelling: MessageProperties = {}
  if (payloadFormatIndicator !== undefined) travelling.payloadFormatIndicator = payloadFormatIndicator === 1 ? 1 : 0
  if (contentType !== undefined) travelling.contentType = contentType
  if (responseTopic !== undefined) travelling.responseTopic = responseTopic
  if (correlationData !== undefined) travelling.correlationData = correlationData
  if (userProperties !== undefined) travelling.userProperties = userProperties
  return travelling
}

/** Whether the properties take more room than is allowed. */
export function isExceeding(properties: Properties, limits: Limits): boolean {
  const { contentType = '', responseTopic = '', correlationData, userPropertiesBytes = 0 } = properties
  return (
    userPropertiesBytes > limits.userPropertiesBytes ||
    (correlationData?.length ?? 0) > limits.correlationDataBytes ||
    Buffer.byteLength(contentType) > limits.contentTypeBytes ||
    Buffer.byteLength(responseTopic) > limits.responseTopicBytes
  )
}
