import type { CommandParameter, OutputFormat } from '@aws-sdk/client-iot'
import { checkParameters } from '@thingdeck/commands'
import { invalidInput } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { inAwsWords } from './aws-words.ts'
import { loadedParameter, type StoredParameter, storedParameter } from './stored-value.ts'

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
  inAwsWords(() => checkParameters(template, parameters.map(storedParameter)))
  return { kind: 'template', template, outputFormat, parameters }
}

/** A command's content as its table keeps it. */
export function storedContent(content: CommandContent): string {
  if (content.kind === 'static') {
    return JSON.stringify({ ...content, content: Buffer.from(content.content).toString('base64') })
  }
  return JSON.stringify({ ...content, parameters: content.parameters.map(storedParameter) })
}

type Stored =
  | { kind: 'static'; content: string; contentType: string }
  | {
      kind: 'template'
      template: string
      outputFormat: OutputFormat
      parameters: StoredParameter[]
    }

/** The way back from {@link storedContent}. */
export function loadedContent(text: string): CommandContent {
  const stored = JSON.parse(text) as Stored // `storedContent` wrote it
  if (stored.kind === 'static') return { ...stored, content: Buffer.from(stored.content, 'base64') }
  return { ...stored, parameters: stored.parameters.map(loadedParameter) }
}
