import type { Template } from '@thingdeck/rules-sql'
import { isReservedTopic, mayPublish, parseReservedTopic, validateTopicName } from '@thingdeck/topics'
import { ActionFailure, InvalidAction } from './action-error.ts'
import { bytesOfBase64 } from './bytes.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { RepublishSettings } from './settings.ts'

/** What is published, before anybody has looked whether its properties are too large. */
export interface RepublishRequest {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1
  readonly properties: {
    readonly payloadFormatIndicator?: 0 | 1
    readonly contentType?: string
    readonly responseTopic?: string
    readonly correlationData?: Uint8Array
    readonly userProperties?: readonly (readonly [name: string, value: string])[]
  }
  /** As it was asked for; undefined where it does not expire. */
  readonly expirySeconds: number | undefined
}

/**
 * What SELECT made of a message, as it is published. @see AWS IoT developer guide, "Republish"
 * @throws {InvalidAction} for a topic that never can be published to
 */
export function republishRequest({ topic, qos, headers }: RepublishSettings, options: ActionOptions) {
  const template = options.template('topic', topic)
  // What is the same for every message can be told now.
  const problem = template.isConstant ? topicProblem(topicOf(topic)) : undefined
  if (problem !== undefined) throw new InvalidAction(`${options.place}.topic: ${problem}`)
  const compiled = headers && compileHeaders(headers, options)
  /** @throws {ActionFailure} for one that may not be published to */
  const checkedTopicOf = async (message: MatchedMessage): Promise<string> => {
    const name = topicOf(await render(template, message))
    const fault = topicProblem(name)
    if (fault !== undefined) throw new ActionFailure(name, fault)
    return name
  }
  return {
    label: 'RepublishAction',
    topicOf: async (message: MatchedMessage): Promise<string> => topicOf(await render(template, message)),
    checkedTopicOf,
    /** @throws {ActionFailure} */
    request: async (message: MatchedMessage): Promise<RepublishRequest> => {
      const name = await checkedTopicOf(message)
      const rendered = compiled ? await renderHeaders(compiled, message, name) : NOTHING
      return { topic: name, payload: message.output, qos: qos === 1 ? 1 : 0, ...rendered }
    },
  }
}

/** `$$aws/…` is how a topic of AWS's own is written, as `$` begins templates. */
const topicOf = (text: string): string => (text.startsWith('$$aws/') ? text.slice(1) : text)

const DEVICES_ALONE: ReadonlySet<string | undefined> = new Set(['jobs', 'defenderMetrics'])

/** Why a rule may not publish to a topic; undefined where it may. */
function topicProblem(topic: string): string | undefined {
  const problem = validateTopicName(topic)
  if (problem) return `Invalid topic: ${problem.message}`
  // Of the server's own topics those that a client could publish to, such as a shadow's; but "republishing to reserved job
  // topics is not supported" (AWS IoT developer guide, "Republish"), nor to those of Device Defender.
  return isReservedTopic(topic) && (!mayPublish(topic) || DEVICES_ALONE.has(parseReservedTopic(topic)?.kind))
    ? `The reserved topic ${topic} is not one that a rule may publish to.`
    : undefined
}

interface Headers {
  readonly payloadFormatIndicator: Template | undefined
  readonly contentType: Template | undefined
  readonly responseTopic: Template | undefined
  readonly correlationData: Template | undefined
  readonly messageExpiry: Template | undefined
  readonly userProperties: readonly (readonly [key: Template, value: Template])[]
}

type Rendered = Pick<RepublishRequest, 'properties' | 'expirySeconds'>

const NOTHING: Rendered = { properties: {}, expirySeconds: undefined }

function compileHeaders(headers: NonNullable<RepublishSettings['headers']>, options: ActionOptions): Headers {
  const compiled = (member: Exclude<keyof typeof headers, 'userProperties'>) =>
    optionalTemplate(options, `headers.${member}`, headers[member])
  return {
    payloadFormatIndicator: compiled('payloadFormatIndicator'),
    contentType: compiled('contentType'),
    responseTopic: compiled('responseTopic'),
    correlationData: compiled('correlationData'),
    messageExpiry: compiled('messageExpiry'),
    userProperties: (headers.userProperties ?? []).map(
      ({ key, value }, index) =>
        [
          options.template(`headers.userProperties[${index}].key`, key),
          options.template(`headers.userProperties[${index}].value`, value),
        ] as const,
    ),
  }
}

/** An empty text is as if the header were not there. */
async function renderHeaders(headers: Headers, message: MatchedMessage, topic: string): Promise<Rendered> {
  const text = async (template: Template | undefined) => (template && (await render(template, message))) || undefined
  const format = await text(headers.payloadFormatIndicator)
  const contentType = await text(headers.contentType)
  const responseTopic = await text(headers.responseTopic)
  const correlation = await text(headers.correlationData)
  const expiry = await text(headers.messageExpiry)
  const userProperties: [string, string][] = []
  for (const [key, value] of headers.userProperties) {
    userProperties.push([await render(key, message), await render(value, message)])
  }
  if (format !== undefined && format !== 'UTF8_DATA' && format !== 'UNSPECIFIED_BYTES') {
    throw new ActionFailure(topic, `payloadFormatIndicator must be UTF8_DATA or UNSPECIFIED_BYTES, not ${format}`)
  }
  if (expiry !== undefined && !/^\d{1,10}$/.test(expiry)) {
    throw new ActionFailure(topic, `messageExpiry must be a whole number of seconds, not ${expiry}`)
  }
  const correlationData = correlation === undefined ? undefined : bytesOfBase64(correlation)
  if (correlation !== undefined && correlationData === undefined) {
    throw new ActionFailure(topic, 'correlationData must be base64-encoded')
  }
  return {
    properties: {
      ...(format !== undefined && { payloadFormatIndicator: format === 'UTF8_DATA' ? 1 : 0 }),
      ...(contentType !== undefined && { contentType }),
      ...(responseTopic !== undefined && { responseTopic }),
      ...(correlationData !== undefined && { correlationData }),
      ...(userProperties.length > 0 && { userProperties }),
    },
    expirySeconds: expiry === undefined ? undefined : Number(expiry),
  }
}
