import { CommandError } from './command-error.ts'
import { checkValue, type ParameterType, type ParameterValue, plainValue } from './parameter-value.ts'
import { templateParameters } from './payload-template.ts'
import { brokenCondition, checkConditions, type ValueCondition } from './value-conditions.ts'

/** AWS IoT API reference, CommandParameter. */
export interface CommandParameter {
  readonly name?: string | undefined
  readonly type?: ParameterType | undefined
  /** Goes before the default. */
  readonly value?: ParameterValue | undefined
  readonly defaultValue?: ParameterValue | undefined
  readonly valueConditions?: readonly ValueCondition[] | undefined
}

/**
 * Refuses parameters that a command cannot have, and a template that has a placeholder for another one.
 * @throws {CommandError}
 */
export function checkParameters(template: string, parameters: readonly CommandParameter[]): void {
  const names = parameters.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new CommandError(`mandatoryParameters names ${twice} more than once`)
  const undeclared = [...templateParameters(template)].find((name) => !names.includes(name))
  if (undeclared !== undefined) {
    throw new CommandError(`payloadTemplate has a placeholder for ${undeclared}, which is none of mandatoryParameters`)
  }
  for (const { name = '', type, value, defaultValue, valueConditions = [] } of parameters) {
    if (!type) throw new CommandError(`The parameter ${name} needs a type`)
    if (value) checkValue(type, value, `The value of the parameter ${name}`)
    if (defaultValue) checkValue(type, defaultValue, `The defaultValue of the parameter ${name}`)
    checkConditions(type, valueConditions, `the parameter ${name}`)
  }
}

/**
 * The values that an execution is made with: what the request gives, else the command's own value, else its default.
 * @throws {CommandError} where one is missing, unknown, of another type, or breaks a condition
 */
export function parametersOf(
  declared: readonly CommandParameter[],
  given: Readonly<Record<string, ParameterValue>>,
): Readonly<Record<string, ParameterValue>> {
  const names = declared.map(({ name }) => name)
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new CommandError(
      `The command has no parameter ${unknown}; it has ${names.length > 0 ? names.join(', ') : 'none'}`,
    )
  }
  return Object.fromEntries(
    declared.map((parameter) => {
      const { name = '' } = parameter
      return [name, chosenValue(parameter, Object.hasOwn(given, name) ? given[name] : undefined)]
    }),
  )
}

/**
 * The value of one parameter.
 * @param given in the request
 * @throws {CommandError} where it is missing, of another type, or breaks a condition
 */
export function chosenValue(
  { name = '', type, value, defaultValue, valueConditions = [] }: CommandParameter,
  given: ParameterValue | undefined,
): ParameterValue {
  const chosen = given ?? value ?? defaultValue
  if (!chosen) throw new CommandError(`The parameter ${name} needs a value: the command has no default for it`)
  if (type) checkValue(type, chosen, `The parameter ${name}`)
  const broken = brokenCondition(plainValue(chosen), valueConditions)
  if (broken !== undefined)
    throw new CommandError(`The value of the parameter ${name} does not satisfy its condition ${broken}`)
  return chosen
}
