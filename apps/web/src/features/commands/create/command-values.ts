import {
  CommandError,
  type ComparisonOperator,
  checkParameters,
  OPERANDS,
  operandText,
  type ParameterType,
  parameterPlaceholder,
  templateParameters,
  valueText,
} from '@thingdeck/commands'
import {
  type Command,
  type CommandParameter,
  CommandParameterName,
  type CommandValueCondition,
  MOST_COMMAND_PAYLOAD,
  type NewCommand,
} from '@thingdeck/contract'
import { fromBase64, toBase64 } from '../../../shared/bytes-text.ts'
import { utf8Of } from '../../../shared/decode/text.ts'
import { type Pair, pairsOf, recordOf } from '../../../shared/form/pairs-field.tsx'
import { brokenAtOnce, limitsOf } from '../../../shared/form/text-limits.ts'
import { formatCount } from '../../../shared/format.ts'
import { readValue } from '../words/parameter-text.ts'

/** A condition as somebody writes it. */
export interface ConditionDraft {
  readonly operator: ComparisonOperator
  /** What it compares with; of a set with commas between, of a range where it begins. */
  readonly text: string
  /** Where a range ends. */
  readonly max: string
}

/** A parameter as somebody writes it. */
export interface ParameterDraft {
  readonly name: string
  readonly type: ParameterType
  readonly defaultText: string
  readonly description: string
  readonly conditions: readonly ConditionDraft[]
  /** Of the command that it began as, which a form has no field for. */
  readonly value?: CommandParameter['value']
}

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

export const freshParameter = (name = ''): ParameterDraft => ({
  name,
  type: 'STRING',
  defaultText: '',
  description: '',
  conditions: [],
})

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

const draftOf = ({
  name,
  type = 'STRING',
  value,
  defaultValue,
  description = '',
  valueConditions = [],
}: CommandParameter): ParameterDraft => ({
  name,
  type,
  defaultText: defaultValue ? valueText(defaultValue) : '',
  description,
  conditions: valueConditions.map(({ comparisonOperator: operator, operand }) =>
    operand.numberRange
      ? { operator, text: operand.numberRange.min, max: operand.numberRange.max }
      : { operator, text: operandText(operand), max: '' },
  ),
  ...(value && { value }),
})

/** Which operators compare values of a type; none compares truths and bytes. */
export function operatorsOf(type: ParameterType): readonly ComparisonOperator[] {
  if (type === 'BOOLEAN' || type === 'BINARY') return []
  // Of an object that is typed by its keys, `Object.keys` only says that they are texts.
  const all = Object.keys(OPERANDS) as ComparisonOperator[]
  return type === 'STRING' ? all.filter((operator) => OPERANDS[operator].text !== undefined) : all
}

function conditionOf(type: ParameterType, { operator, text, max }: ConditionDraft): CommandValueCondition {
  const member = type === 'STRING' ? OPERANDS[operator].text : OPERANDS[operator].number
  const texts = () =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '')
  switch (member) {
    case 'numbers':
      return { comparisonOperator: operator, operand: { numbers: texts() } }
    case 'strings':
      return { comparisonOperator: operator, operand: { strings: texts() } }
    case 'numberRange':
      return { comparisonOperator: operator, operand: { numberRange: { min: text.trim(), max: max.trim() } } }
    case 'number':
      return { comparisonOperator: operator, operand: { number: text.trim() } }
    default:
      return { comparisonOperator: operator, operand: { string: text } }
  }
}

/**
 * A parameter as AWS takes it.
 * @throws {CommandError} where its default is no value of its type
 */
function parameterOf({ name, type, defaultText, description, conditions, value }: ParameterDraft): CommandParameter {
  const read = defaultText === '' ? undefined : readValue(type, defaultText)
  if (read && 'problem' in read) throw new CommandError(`The default of ${name}: ${read.problem}`)
  return {
    name,
    type,
    ...(value && { value }),
    ...(read && { defaultValue: read.value }),
    ...(description !== '' && { description }),
    ...(conditions.length > 0 && { valueConditions: conditions.map((condition) => conditionOf(type, condition)) }),
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

/** What is wrong with the template and its parameters together, in a sentence, as AWS would say it; undefined: nothing. */
export function whyNotTemplate({ template, parameters }: Pick<CommandValues, 'template' | 'parameters'>) {
  try {
    checkParameters(template, parameters.map(parameterOf))
    return undefined
  } catch (error) {
    if (error instanceof CommandError) return error.message.endsWith('.') ? error.message : `${error.message}.`
    throw error
  }
}

/** Which parameter is wrong by itself, and which part of it. */
export interface BrokenParameter {
  readonly index: number
  readonly part: 'name' | 'default' | 'conditions'
  /** In a sentence. */
  readonly why: string
}

/** The first parameter that is wrong whatever the template is; undefined: none. */
export function brokenParameter(parameters: readonly ParameterDraft[]): BrokenParameter | undefined {
  for (const [index, draft] of parameters.entries()) {
    const name = whyNotName(parameters, index)
    if (name !== undefined) return { index, part: 'name', why: name }
    const template = JSON.stringify({ value: parameterPlaceholder(draft.name) })
    const whyNot = (conditions: ParameterDraft['conditions']) =>
      whyNotTemplate({ template, parameters: [{ ...draft, conditions }] })
    const ofDefault = whyNot([])
    if (ofDefault !== undefined) return { index, part: 'default', why: ofDefault }
    const conditions = draft.conditions.some((condition) => isEmpty(draft.type, condition))
      ? `A condition of the parameter ${draft.name} needs what it compares with.`
      : whyNot(draft.conditions)
    if (conditions !== undefined) return { index, part: 'conditions', why: conditions }
  }
  return undefined
}

const NAME_LIMITS = limitsOf(CommandParameterName, 'letters, digits and . $ _ -')

function whyNotName(parameters: readonly ParameterDraft[], index: number): string | undefined {
  const { name } = parameters[index] ?? freshParameter()
  if (name === '') return `Parameter ${index + 1} needs a name.`
  const wrong = brokenAtOnce(NAME_LIMITS, name)
  if (wrong !== undefined) return `The name of parameter ${index + 1}: ${wrong}`
  return parameters.findIndex((each) => each.name === name) < index
    ? `There is a parameter ${name} already.`
    : undefined
}

const isEmpty = (type: ParameterType, condition: ConditionDraft): boolean => {
  const { numbers, strings } = conditionOf(type, condition).operand
  return condition.text.trim() === '' || (numbers ?? strings)?.length === 0
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
