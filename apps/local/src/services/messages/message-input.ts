import { AwsError } from '@thingdeck/aws-api'
import { type MessageProperties, type PropertyLimits, validateMessageProperties } from '@thingdeck/broker'
import { AWS_TOPIC_LIMITS, validateTopicName } from '@thingdeck/topics'
import { ReasonedError } from '../../foundation/reasoned-error.ts'

const invalid = (message: string) => new AwsError('InvalidRequestException', message)

/** @throws {AwsError} InvalidRequestException for what is no topic name, or too long or deep for AWS */
export function checkTopic(topic: string): void {
  const problem = validateTopicName(topic, AWS_TOPIC_LIMITS)
  if (problem) throw new ReasonedError('InvalidRequestException', `Invalid topic: ${problem.message}`, 'INVALID_TOPIC')
}

/** The MQTT 5 properties of a message as the members of Publish and SendDirectMessage carry them. */
export interface MessageMembers {
  readonly userProperties?: string | undefined
  readonly payloadFormatIndicator?: string | undefined
  readonly contentType?: string | undefined
  readonly responseTopic?: string | undefined
  readonly correlationData?: string | undefined
}

/** @throws {AwsError} InvalidRequestException for a member that cannot be read, or that MQTT clients could not have sent */
export function readProperties(members: MessageMembers, limits: PropertyLimits): MessageProperties {
  const properties = parseProperties(members)
  const problem = validateMessageProperties(properties, limits)
  if (problem !== undefined) throw invalid(problem)
  return properties
}

function parseProperties(members: MessageMembers): MessageProperties {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = members
  if (responseTopic !== undefined) checkTopic(responseTopic)
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(responseTopic === undefined ? {} : { responseTopic }),
    ...(correlationData === undefined ? {} : { correlationData: readBase64(correlationData) }),
    ...(payloadFormatIndicator === undefined
      ? {}
      : { payloadFormatIndicator: payloadFormatIndicator === 'UTF8_DATA' ? 1 : 0 }),
    ...(userProperties === undefined ? {} : { userProperties: readUserProperties(userProperties) }),
  }
}

function readBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw invalid('correlationData must be base64-encoded')
  return new Uint8Array(Buffer.from(text, 'base64'))
}

/** `[{"deviceName":"alpha"},{"deviceCnt":"45"}]` (API reference, Publish) */
function readUserProperties(json: string): readonly (readonly [string, string])[] {
  const fault = invalid('userProperties must be a JSON array of objects with one string member each')
  let list: unknown
  try {
    list = JSON.parse(json)
  } catch {
    throw fault
  }
  if (!Array.isArray(list)) throw fault
  return list.map((item: unknown) => {
    const entries = typeof item === 'object' && item !== null ? Object.entries(item) : []
    const [entry] = entries
    if (entries.length !== 1 || !entry || typeof entry[1] !== 'string') throw fault
    return [entry[0], entry[1]]
  })
}

/** The other way round, for GetRetainedMessage. */
export function formatUserProperties(properties: MessageProperties['userProperties']): Uint8Array | undefined {
  if (!properties || properties.length === 0) return undefined
  return Buffer.from(JSON.stringify(properties.map(([name, value]) => ({ [name]: value }))))
}
