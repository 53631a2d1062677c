import type { CommandParameter, CommandParameterValue } from '@aws-sdk/client-iot'
import { invalidInput } from '../../foundation/errors.ts'
import { checkValue, plainValue } from './parameter-value.ts'
import { brokenCondition } from './value-conditions.ts'

/**
 * The values that an execution is made with: what the request gives, else the command's own value, else its default.
 * @throws {AwsError} ValidationException where one is missing, unknown, of another type, or breaks a condition
 */
export function parametersOf(
  declared: readonly CommandParameter[],
  given: Readonly<Record<string, CommandParameterValue>>,
): Readonly<Record<string, CommandParameterValue>> {
  const names = declared.map(({ name }) => name)
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw invalidInput(
      `The command has no parameter ${unknown}; it has ${names.length > 0 ? names.join(', ') : 'none'}`,
    )
  }
  return Object.fromEntries(declared.map((parameter) => [parameter.name ?? '', chosenValue(parameter, given)]))
}

function chosenValue(
  { name = '', type, value, defaultValue, valueConditions = [] }: CommandParameter,
  given: Readonly<Record<string, CommandParameterValue>>,
): CommandParameterValue {
  const chosen = (Object.hasOwn(given, name) ? given[name] : undefined) ?? value ?? defaultValue
  if (!chosen) throw invalidInput(`The parameter ${name} needs a value: the command has no default for it`)
  if (type) checkValue(type, chosen, `The parameter ${name}`)
  const broken = brokenCondition(plainValue(chosen), valueConditions)
  if (broken !== undefined)
    throw invalidInput(`The value of the parameter ${name} does not satisfy its condition ${broken}`)
  return chosen
}
