import type { CommandParameter, CommandParameterValue } from '@aws-sdk/client-iot'
import type { ParameterValue, CommandParameter as PlainParameter } from '@thingdeck/commands'

/** As `@thingdeck/commands` has it, a table keeps it, and an idempotent request is compared by: bytes in Base64. */
export function storedValue(value: CommandParameterValue): ParameterValue {
  const { S, B, I, L, D, BIN, UL } = value
  return { S, B, I, L, D, UL, ...(BIN && { BIN: Buffer.from(BIN).toString('base64') }) }
}

/** The way back from {@link storedValue}, also through JSON. */
export function loadedValue(stored: ParameterValue): CommandParameterValue {
  const { BIN, ...rest } = stored
  return { ...rest, ...(BIN !== undefined && { BIN: Buffer.from(BIN, 'base64') }) }
}

/** The same of a parameter's value and default. */
export const storedParameter = ({
  name,
  description,
  type,
  valueConditions,
  value,
  defaultValue,
}: CommandParameter): StoredParameter => ({
  name,
  description,
  type,
  valueConditions,
  ...(value && { value: storedValue(value) }),
  ...(defaultValue && { defaultValue: storedValue(defaultValue) }),
})

/** The way back from {@link storedParameter}. */
export const loadedParameter = ({ value, defaultValue, ...rest }: StoredParameter): CommandParameter => ({
  ...rest,
  ...(value && { value: loadedValue(value) }),
  ...(defaultValue && { defaultValue: loadedValue(defaultValue) }),
})

export type StoredParameter = Omit<CommandParameter, 'value' | 'defaultValue'> &
  Pick<PlainParameter, 'value' | 'defaultValue'>

export const mapValues = <From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
