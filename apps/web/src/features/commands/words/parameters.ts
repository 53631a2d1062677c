import { operandText, type ParameterType, valueText } from '@thingdeck/commands'
import type { CommandParameter, CommandParameterValues, CommandValueCondition } from '@thingdeck/contract'

export const TYPE_WORDS: Readonly<Record<ParameterType, string>> = {
  STRING: 'Text',
  INTEGER: 'Whole number, 32 bits',
  LONG: 'Whole number',
  UNSIGNEDLONG: 'Whole number, not negative, 64 bits',
  DOUBLE: 'Number',
  BOOLEAN: 'True or false',
  BINARY: 'Bytes',
}

export const OPERATOR_WORDS: Readonly<Record<CommandValueCondition['comparisonOperator'], string>> = {
  EQUALS: 'is',
  NOT_EQUALS: 'is not',
  LESS_THAN: 'below',
  LESS_THAN_EQUALS: 'at most',
  GREATER_THAN: 'above',
  GREATER_THAN_EQUALS: 'at least',
  IN_SET: 'one of',
  NOT_IN_SET: 'none of',
  IN_RANGE: 'from … to',
  NOT_IN_RANGE: 'not from … to',
}

/** `from 0 to 100`, `one of low, high`. */
function conditionInWords({ comparisonOperator, operand }: CommandValueCondition): string {
  const { numberRange } = operand
  if (numberRange) {
    const { min, max } = numberRange
    return `${comparisonOperator === 'IN_RANGE' ? '' : 'not '}from ${min} to ${max}`
  }
  return `${OPERATOR_WORDS[comparisonOperator]} ${operandText(operand)}`
}

/** What a value has to be: `from 0 to 100, none of 13`; undefined: anything of its type. */
export function conditionsInWords({
  valueConditions = [],
}: Pick<CommandParameter, 'valueConditions'>): string | undefined {
  return valueConditions.length === 0 ? undefined : valueConditions.map(conditionInWords).join(', ')
}

/** What is taken where nothing is given: `60`; undefined: a value has to be given. */
export function defaultText({ value, defaultValue }: Pick<CommandParameter, 'value' | 'defaultValue'>) {
  const taken = value ?? defaultValue
  return taken && valueText(taken)
}

/** `brightness 20, mode eco` */
export const valuesInWords = (values: CommandParameterValues): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ')
