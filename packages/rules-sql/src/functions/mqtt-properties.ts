import type { MqttProperties } from '../message.ts'
import type { ArgumentFault, FunctionContext, KnownArguments, RuleFunction } from '../rule-function.ts'
import { createObject, type Value } from '../value.ts'
import { encodeBase64 } from './base64.ts'
import { defineVarying } from './define.ts'
import { textOf } from './text-arguments.ts'

/** By the names that `get_mqtt_property` takes. */
const PROPERTIES: Readonly<Record<string, (mqtt: MqttProperties) => Value>> = {
  format_indicator: ({ payloadIsUtf8 }) => (payloadIsUtf8 ? 'UTF8_DATA' : 'UNSPECIFIED_BYTES'),
  content_type: ({ contentType }) => contentType,
  response_topic: ({ responseTopic }) => responseTopic,
  correlation_data: ({ correlationData }) => correlationData && encodeBase64(correlationData),
}

/**
 * Functions of what MQTT 5 sends beside a payload. Of a message that came otherwise, it is what a message without
 * properties has. Source: AWS IoT developer guide, "get_mqtt_property(name)" and
 * "get_user_properties(userPropertyKey)".
 */
export const MQTT_PROPERTY_FUNCTIONS: readonly RuleFunction[] = [
  defineVarying('get_mqtt_property', 1, getMqttProperty, { findFault: findPropertyFault }),
  defineVarying('get_user_properties', [0, 1], getUserProperties),
]

function getMqttProperty([name]: readonly Value[], { message }: FunctionContext): Value {
  if (typeof name !== 'string' || !Object.hasOwn(PROPERTIES, name)) return undefined
  return PROPERTIES[name]?.(message.mqtt ?? {})
}

function findPropertyFault([name]: KnownArguments): ArgumentFault | undefined {
  if (name === undefined || (typeof name.value === 'string' && Object.hasOwn(PROPERTIES, name.value))) return undefined
  const names = Object.keys(PROPERTIES).join(', ')
  return { argument: 0, message: `The properties that can be asked for are ${names}`, severity: 'undefined' }
}

/** With a key all its values, in their order; without one an Object for each property, as a key may come twice. */
function getUserProperties(args: readonly Value[], context: FunctionContext): Value {
  const properties = context.message.mqtt?.userProperties ?? []
  if (args.length === 0) return properties.map((property) => createObject([property]))
  const key = textOf(args[0], context)
  const values = properties.filter(([each]) => each === key).map(([, value]) => value)
  return values.length === 0 ? undefined : values
}
