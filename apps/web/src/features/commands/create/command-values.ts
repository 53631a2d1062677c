import { CommandError, templateParameters } from '@thingdeck/commands'
import { type Command, type CommandParameter, MOST_COMMAND_PAYLOAD, type NewCommand } from '@thingdeck/contract'
import { fromBase64, toBase64 } from '../../../shared/bytes-text.ts'
import { utf8Of } from '../../../shared/decode/text.ts'
import { type Pair, pairsOf, recordOf } from '../../../shared/form/pairs-field.tsx'
import { formatCount } from '../../../shared/format.ts'
import {
  brokenParameter,
  draftOf,
  freshParameter,
  type ParameterDraft,
  parameterOf,
  whyNotTemplate,
} from './parameter-drafts.ts'

/** What the form of a new command holds. */
export interface CommandValues {
  readonly commandId: string
  readonly displayName: string
  readonly description: string
  readonly kind: 'static' | 'template'
  /** How the payload is written. */
  readonly form: 'text' | 'base64'
  readonly text: string
  readonly base64: string
  readonly contentType: string
  readonly template: string
  readonly outputFormat: 'JSON' | 'CBOR'
  readonly parameters: readonly ParameterDraft[]
  readonly tags: readonly Pair[]
}

export const NEW_COMMAND: CommandValues = {
  commandId: '',
  displayName: '',
  description: '',
  kind: 'template',
  form: 'text',
  text: '',
  base64: '',
  contentType: 'application/json',
  template: '',
  outputFormat: 'JSON',
  parameters: [],
  tags: [],
}

/** A new command that begins as another one. */
export function valuesLike(command: Command): CommandValues {
  const { displayName = '', description = '', payload, payloadTemplate, outputFormat, parameters, tags } = command
  const bytes = payload && fromBase64(payload.content)
  const text = bytes && utf8Of(bytes)
  return {
    ...NEW_COMMAND,
    displayName,
    description,
    kind: payload ? 'static' : 'template',
    form: payload && text === undefined ? 'base64' : 'text',
    text: text ?? '',
    base64: payload?.content ?? '',
    contentType: payload?.contentType ?? NEW_COMMAND.contentType,
    template: payloadTemplate ?? '',
    outputFormat: outputFormat === 'CBOR' ? 'CBOR' : 'JSON',
    parameters: parameters.map(draftOf),
    tags: pairsOf(tags),
  }
}

/** What the template has placeholders for and no parameter stands for yet. */
export function undeclared({
  template,
  parameters,
}: Pick<CommandValues, 'template' | 'parameters'>): readonly string[] {
  try {
    const declared = new Set(parameters.map(({ name }) => name))
    return [...templateParameters(template)].filter((name) => !declared.has(name))
  } catch (error) {
    if (error instanceof CommandError) return []
    throw error
  }
}

/** The parameters, where they are as they may be. */
export function parametersIn(
  values: Pick<CommandValues, 'template' | 'parameters'>,
): readonly CommandParameter[] | undefined {
  return whyNotTemplate(values) === undefined ? values.parameters.map(parameterOf) : undefined
}

/** The payload as it is written; undefined: no Base64. */
export function bytesOf({ form, text, base64 }: Pick<CommandValues, 'form' | 'text' | 'base64'>) {
  return form === 'text' ? new TextEncoder().encode(text) : fromBase64(base64)
}

const CONTENT_TYPE = /^[\w.+!#$&^-]+\/[\w.+!#$&^-]+(?:\s*;.*)?$/

export const COMMAND_RULES = {
  text: (_: string, values: CommandValues) =>
    values.kind === 'static' && values.form === 'text' ? whyNotPayload(values) : undefined,
  base64: (_: string, values: CommandValues) =>
    values.kind === 'static' && values.form === 'base64' ? whyNotPayload(values) : undefined,
  contentType: (contentType: string, { kind }: CommandValues) =>
    kind === 'static' && !CONTENT_TYPE.test(contentType) ? 'As type/subtype: application/json.' : undefined,
  template: (template: string, values: CommandValues) => {
    if (values.kind !== 'template') return undefined
    if (template.trim() === '') return 'Write what the device gets.'
    if ([...template].length > MOST_COMMAND_PAYLOAD) return `At most ${formatCount(MOST_COMMAND_PAYLOAD)} characters.`
    return whyNotTemplate({
      template,
      parameters: undeclared(values).map(freshParameter).concat(values.parameters),
    })?.startsWith('payloadTemplate')
      ? whyNotTemplate(values)
      : undefined
  },
  parameters: (_: readonly ParameterDraft[], values: CommandValues) => {
    if (values.kind !== 'template' || values.template.trim() === '') return undefined
    const broken = brokenParameter(values.parameters)
    if (broken) return broken.why
    const [missing] = undeclared(values)
    if (missing !== undefined) return `The template has a placeholder for ${missing}: declare it.`
    const why = whyNotTemplate(values)
    return why?.startsWith('payloadTemplate') ? undefined : why
  },
}

function whyNotPayload(values: CommandValues): string | undefined {
  const bytes = bytesOf(values)
  if (!bytes) return 'Not Base64.'
  if (bytes.byteLength === 0) return 'Write what the device gets.'
  return bytes.byteLength > MOST_COMMAND_PAYLOAD ? 'At most 32 KB.' : undefined
}

/** The command, as the form's values were checked to be one. */
export function commandOf(values: CommandValues): NewCommand {
  const { commandId, displayName, description, kind, contentType, template, outputFormat, tags } = values
  const words = {
    commandId,
    ...(displayName !== '' && { displayName }),
    ...(description !== '' && { description }),
    tags: recordOf(tags),
  }
  if (kind === 'static')
    return { ...words, payload: { content: toBase64(bytesOf(values) ?? new Uint8Array()), contentType } }
  return { ...words, payloadTemplate: template, outputFormat, parameters: values.parameters.map(parameterOf) }
}
