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

export type PropertyLimits = Pick<
  Limits,
  'contentTypeBytes' | 'correlationDataBytes' | 'responseTopicBytes' | 'userPropertiesBytes'
>

/**
 * Why a message that did not come over MQTT cannot have these properties: text that is no MQTT string (MQTT 5.0 §1.5.4),
 * which would make its receivers close their connections, or more than a packet can carry or `limits` allow.
 * @returns undefined where it can have them
 */
export function validateMessageProperties(properties: MessageProperties, limits: PropertyLimits): string | undefined {
  const { contentType = '', responseTopic = '', correlationData, userProperties = [] } = properties
  const texts = [contentType, responseTopic, ...userProperties.flat()]
  if (!texts.every(isMqttString)) return 'A property has U+0000, a lone surrogate or more than 65,535 bytes'
  const userPropertiesBytes = userProperties.flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const isTooMuch =
    Buffer.byteLength(contentType) > limits.contentTypeBytes ||
    Buffer.byteLength(responseTopic) > limits.responseTopicBytes ||
    (correlationData?.length ?? 0) > Math.min(limits.correlationDataBytes, 0xffff) ||
    userPropertiesBytes > limits.userPropertiesBytes
  return isTooMuch ? 'The properties are too large' : undefined
}

function isMqttString(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0') && Buffer.byteLength(text) <= 0xffff
}
