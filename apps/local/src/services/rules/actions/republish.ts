import { type MessageProperties, validateMessageProperties } from '@thingdeck/broker'
import { actionPermissions, type Template } from '@thingdeck/rules-sql'
import { isReservedTopic, mayPublish, validateTopicName } from '@thingdeck/topics'
import { homeOf } from '../../../foundation/account.ts'
import { invalidRequest } from '../../../foundation/errors.ts'
import type { ServiceContext } from '../../../foundation/service.ts'
import type { Publisher } from '../../../foundation/traffic.ts'
import { nextLineage, Republisher } from '../lineage.ts'
import type { RoleChecks } from '../rule-roles.ts'
import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type ActionOptions, type CompiledAction, type Execution, render } from './action.ts'

type RepublishAction = ActionSettings<'republish'>

/** Publishes what SELECT made of a message. @see AWS IoT developer guide, "Republish" */
export class Republish implements CompiledAction {
  readonly label = 'RepublishAction'
  readonly #context: ServiceContext
  readonly #roles: RoleChecks
  readonly #nobody: () => Publisher
  readonly #roleArn: string
  readonly #qos: 0 | 1
  readonly #topic: Template
  readonly #headers: Headers | undefined

  /** @param nobody who publishes what came from the server itself */
  constructor(
    context: ServiceContext,
    roles: RoleChecks,
    nobody: () => Publisher,
    { topic, qos, headers, roleArn }: RepublishAction,
    options: ActionOptions,
  ) {
    this.#context = context
    this.#roles = roles
    this.#nobody = nobody
    this.#roleArn = roleArn
    this.#qos = qos === 1 ? 1 : 0
    this.#topic = options.template('topic', topic)
    // What is the same for every message can be told now.
    const problem = this.#topic.isConstant ? topicProblem(topicOf(topic)) : undefined
    if (problem !== undefined) throw invalidRequest(`${options.place}.topic: ${problem}`)
    this.#headers = headers && compileHeaders(headers, options)
  }

  async resources(execution: Execution) {
    return { RepublishTopic: topicOf(await render(this.#topic, execution)) }
  }

  async run(execution: Execution): Promise<void> {
    const topic = topicOf(await render(this.#topic, execution))
    const { account, broker, messages, clock } = this.#context
    const problem = topicProblem(topic)
    if (problem !== undefined) throw new ActionFailure(topic, problem)
    for (const { action, resource } of actionPermissions('republish', { topic }, homeOf(account))) {
      const whyNot = this.#roles.whyNot(this.#roleArn, action, resource)
      if (whyNot !== undefined) throw new ActionFailure(topic, whyNot)
    }
    const { properties, expirySeconds } = this.#headers ? await renderHeaders(this.#headers, execution, topic) : NOTHING
    const fault = this.#headers && validateMessageProperties(properties, broker.limits)
    if (fault !== undefined) throw new ActionFailure(topic, fault)
    const lineage = nextLineage(execution.lineage)
    if (typeof lineage === 'string') throw new ActionFailure(topic, lineage)
    await messages.publishFor(new Republisher(execution.publisher ?? this.#nobody(), clock(), lineage), {
      topic,
      payload: execution.output,
      qos: this.#qos,
      properties,
      ...(expirySeconds !== undefined && {
        expiresAtMs: clock() + Math.min(Math.max(expirySeconds, 1), broker.limits.messageExpirySeconds) * 1000,
      }),
    })
  }
}

/** `$$aws/…` is how a topic of AWS's own is written, as `$` begins templates. */
const topicOf = (text: string): string => (text.startsWith('$$aws/') ? text.slice(1) : text)

/** Why a rule may not publish to a topic; undefined where it may. */
function topicProblem(topic: string): string | undefined {
  const problem = validateTopicName(topic)
  if (problem) return `Invalid topic: ${problem.message}`
  // Of the server's own topics those that a client could publish to; a shadow's are among them, job responses are not.
  return isReservedTopic(topic) && !mayPublish(topic)
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

const NOTHING: { readonly properties: MessageProperties; readonly expirySeconds?: number | undefined } = {
  properties: {},
}

function compileHeaders(headers: NonNullable<RepublishAction['headers']>, { template }: ActionOptions): Headers {
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, messageExpiry } = headers
  const compiled = (member: string, text: string | undefined) =>
    text === undefined ? undefined : template(`headers.${member}`, text)
  return {
    payloadFormatIndicator: compiled('payloadFormatIndicator', payloadFormatIndicator),
    contentType: compiled('contentType', contentType),
    responseTopic: compiled('responseTopic', responseTopic),
    correlationData: compiled('correlationData', correlationData),
    messageExpiry: compiled('messageExpiry', messageExpiry),
    userProperties: (headers.userProperties ?? []).map(
      ({ key, value }, index) =>
        [
          template(`headers.userProperties[${index}].key`, key),
          template(`headers.userProperties[${index}].value`, value),
        ] as const,
    ),
  }
}

/** An empty text is as if the header were not there. */
async function renderHeaders(headers: Headers, execution: Execution, topic: string): Promise<typeof NOTHING> {
  const text = async (template: Template | undefined) => (template && (await render(template, execution))) || undefined
  const format = await text(headers.payloadFormatIndicator)
  const contentType = await text(headers.contentType)
  const responseTopic = await text(headers.responseTopic)
  const correlation = await text(headers.correlationData)
  const expiry = await text(headers.messageExpiry)
  const userProperties: [string, string][] = []
  for (const [key, value] of headers.userProperties) {
    userProperties.push([await render(key, execution), await render(value, execution)])
  }
  if (format !== undefined && format !== 'UTF8_DATA' && format !== 'UNSPECIFIED_BYTES') {
    throw new ActionFailure(topic, `payloadFormatIndicator must be UTF8_DATA or UNSPECIFIED_BYTES, not ${format}`)
  }
  if (expiry !== undefined && !/^\d{1,10}$/.test(expiry)) {
    throw new ActionFailure(topic, `messageExpiry must be a whole number of seconds, not ${expiry}`)
  }
  if (correlation !== undefined && !/^[A-Za-z0-9+/]*={0,2}$/.test(correlation)) {
    throw new ActionFailure(topic, 'correlationData must be base64-encoded')
  }
  return {
    properties: {
      ...(format !== undefined && { payloadFormatIndicator: format === 'UTF8_DATA' ? 1 : 0 }),
      ...(contentType !== undefined && { contentType }),
      ...(responseTopic !== undefined && { responseTopic }),
      ...(correlation !== undefined && { correlationData: new Uint8Array(Buffer.from(correlation, 'base64')) }),
      ...(userProperties.length > 0 && { userProperties }),
    },
    expirySeconds: expiry === undefined ? undefined : Number(expiry),
  }
}
