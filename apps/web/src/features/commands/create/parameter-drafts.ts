import {
  CommandError,
  type ComparisonOperator,
  checkParameters,
  chosenValue,
  OPERANDS,
  operandText,
  type ParameterType,
  parameterPlaceholder,
  valueText,
} from '@thingdeck/commands'
import { type CommandParameter, CommandParameterName, type CommandValueCondition } from '@thingdeck/contract'
import { brokenAtOnce, limitsOf } from '../../../shared/form/text-limits.ts'
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

export const freshParameter = (name = ''): ParameterDraft => ({
  name,
  type: 'STRING',
  defaultText: '',
  description: '',
  conditions: [],
})

/** A parameter of a command that there is, to be written on. */
export const draftOf = ({
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
export function parameterOf({
  name,
  type,
  defaultText,
  description,
  conditions,
  value,
}: ParameterDraft): CommandParameter {
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

/** What is wrong with the template and its parameters together, in a sentence, as AWS would say it; undefined: nothing. */
export function whyNotTemplate({
  template,
  parameters,
}: {
  readonly template: string
  readonly parameters: readonly ParameterDraft[]
}): string | undefined {
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
    const unfit = whyDefaultUnfit(draft)
    if (unfit !== undefined) return { index, part: 'default', why: unfit }
  }
  return undefined
}

/** AWS is not said to look: a default that its own conditions refuse would be refused whenever the command is sent. */
function whyDefaultUnfit(draft: ParameterDraft): string | undefined {
  if (draft.defaultText === '') return undefined
  const { value: _, ...parameter } = parameterOf(draft)
  try {
    chosenValue(parameter, undefined)
    return undefined
  } catch (error) {
    if (error instanceof CommandError) return `${error.message.replace('The value of', 'The default of')}.`
    throw error
  }
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
