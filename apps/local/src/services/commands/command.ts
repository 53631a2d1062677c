import type { CommandParameter, OutputFormat } from '@aws-sdk/client-iot'
import { invalidInput } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { checkValue, loadedValue, storedValue } from './parameter-value.ts'
import { templateParameters } from './payload-template.ts'
import { checkConditions } from './value-conditions.ts'

/** What a command sends: the same bytes each time, or a template that is filled for each execution. */
export type CommandContent =
  | { readonly kind: 'static'; readonly content: Uint8Array; readonly contentType: string }
  | {
      readonly kind: 'template'
      readonly template: string
      readonly outputFormat: OutputFormat
      readonly parameters: readonly CommandParameter[]
    }

/** A command as it is kept. Times are epoch milliseconds. */
export interface Command {
  readonly seq: number
  readonly commandId: string
  readonly displayName: string | undefined
  readonly description: string | undefined
  readonly content: CommandContent
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** Undefined where it is not deprecated. */
  readonly deprecatedAtMs: number | undefined
  /** When it goes; undefined where nobody has deleted it. */
  readonly deletedFromMs: number | undefined
}

const MAX_PAYLOAD_BYTES = 32 * 1024
const CONTENT_TYPE = /^[\w.+!#$&^-]+\/[\w.+!#$&^-]+(?:\s*;.*)?$/
const DEFAULT_CONTENT_TYPE = 'application/octet-stream'

/**
 * What `CreateCommand` asks for.
 * @throws {AwsError} ValidationException
 */
export function contentOf(input: IotInput<'CreateCommand'>): CommandContent {
  const { namespace, roleArn, payload, payloadTemplate, preprocessor, mandatoryParameters } = input
  if (namespace === 'AWS-IoT-FleetWise') {
    throw invalidInput('There is no AWS IoT FleetWise here: commands are of the namespace AWS-IoT')
  }
  if (roleArn !== undefined)
    throw invalidInput('roleArn is for the namespace AWS-IoT-FleetWise; AWS-IoT does not support it')
  if (payload && payloadTemplate !== undefined) {
    throw invalidInput('A command has a payload or a payloadTemplate, not both')
  }
  if (payloadTemplate !== undefined) return templateOf(payloadTemplate, preprocessor, mandatoryParameters ?? [])
  if (!payload) throw invalidInput('A command of the namespace AWS-IoT needs a payload, or a payloadTemplate')
  if (preprocessor) throw invalidInput('preprocessor is for a payloadTemplate; a payload is sent as it is')
  if (mandatoryParameters)
    throw invalidInput('mandatoryParameters are for a payloadTemplate; a payload is sent as it is')
  const { content, contentType = DEFAULT_CONTENT_TYPE } = payload
  if (!content || content.byteLength === 0) throw invalidInput('payload needs content')
  if (content.byteLength > MAX_PAYLOAD_BYTES) throw invalidInput('payload has more than 32 KB')
  if (!CONTENT_TYPE.test(contentType)) throw invalidInput(`contentType must be type/subtype, not ${contentType}`)
  return { kind: 'static', content, contentType }
}

function templateOf(
  template: string,
  preprocessor: IotInput<'CreateCommand'>['preprocessor'],
  parameters: readonly CommandParameter[],
): CommandContent {
  const outputFormat = preprocessor?.awsJsonSubstitution?.outputFormat
  if (!outputFormat) {
    throw invalidInput('payloadTemplate needs a preprocessor: awsJsonSubstitution with the outputFormat JSON or CBOR')
  }
  const names = parameters.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalidInput(`mandatoryParameters names ${twice} more than once`)
  const undeclared = [...templateParameters(template)].find((name) => !names.includes(name))
  if (undeclared !== undefined) {
    throw invalidInput(`payloadTemplate has a placeholder for ${undeclared}, which is none of mandatoryParameters`)
  }
  for (const { name = '', type, value, defaultValue, valueConditions = [] } of parameters) {
    if (!type) throw invalidInput(`The parameter ${name} needs a type`)
    if (value) checkValue(type, value, `The value of the parameter ${name}`)
    if (defaultValue) checkValue(type, defaultValue, `The defaultValue of the parameter ${name}`)
    checkConditions(type, valueConditions, `the parameter ${name}`)
  }
  return { kind: 'template', template, outputFormat, parameters }
}

/** A command's content as its table keeps it. */
export function storedContent(content: CommandContent): string {
  if (content.kind === 'static') {
    return JSON.stringify({ ...content, content: Buffer.from(content.content).toString('base64') })
  }
  const parameters = content.parameters.map(({ value, defaultValue, ...rest }) => ({
    ...rest,
    ...(value && { value: storedValue(value) }),
    ...(defaultValue && { defaultValue: storedValue(defaultValue) }),
  }))
  return JSON.stringify({ ...content, parameters })
}

type Stored =
  | { kind: 'static'; content: string; contentType: string }
  | {
      kind: 'template'
      template: string
      outputFormat: OutputFormat
      parameters: (Omit<CommandParameter, 'value' | 'defaultValue'> &
        Partial<Record<'value' | 'defaultValue', Record<string, unknown>>>)[]
    }

/** The way back from {@link storedContent}. */
export function loadedContent(text: string): CommandContent {
  const stored = JSON.parse(text) as Stored // `storedContent` wrote it
  if (stored.kind === 'static') return { ...stored, content: Buffer.from(stored.content, 'base64') }
  const parameters = stored.parameters.map(({ value, defaultValue, ...rest }) => ({
    ...rest,
    ...(value && { value: loadedValue(value) }),
    ...(defaultValue && { defaultValue: loadedValue(defaultValue) }),
  }))
  return { ...stored, parameters }
}
