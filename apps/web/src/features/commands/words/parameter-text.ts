import { CommandError, chosenValue, type ParameterType, type ParameterValue, VALUE_MEMBERS } from '@thingdeck/commands'
import type { CommandParameter, CommandParameterValue, CommandParameterValues } from '@thingdeck/contract'
import { fromBase64, toBase64 } from '../../../shared/bytes-text.ts'

/** What somebody wrote for a parameter: the value, or what is wrong with it in a sentence. */
export type ReadValue = { readonly value: CommandParameterValue } | { readonly problem: string }

const WHOLE = /^[+-]?\d+$/

/** A text as a value of the type; not yet whether a condition forbids it. */
export function readValue(type: ParameterType, text: string): ReadValue {
  const trimmed = text.trim()
  switch (type) {
    case 'STRING':
      return { value: { S: text } }
    case 'BOOLEAN':
      if (trimmed === 'true' || trimmed === 'false') return { value: { B: trimmed === 'true' } }
      return { problem: 'True or false.' }
    case 'BINARY': {
      const bytes = fromBase64(trimmed)
      return bytes && bytes.length > 0 ? { value: { BIN: toBase64(bytes) } } : { problem: 'Bytes in Base64, as AAE=.' }
    }
    case 'UNSIGNEDLONG':
      return /^\d{1,20}$/.test(trimmed)
        ? { value: { UL: trimmed } }
        : { problem: 'A whole number that is not negative.' }
    case 'DOUBLE': {
      const number = Number(trimmed)
      return trimmed !== '' && Number.isFinite(number) ? { value: { D: number } } : { problem: 'A number, as 2.5.' }
    }
    default: {
      const number = Number(trimmed)
      if (!WHOLE.test(trimmed)) return { problem: 'A whole number.' }
      if (!Number.isSafeInteger(number))
        return { problem: 'A whole number of up to 53 bits: the SDK has no digits for larger ones.' }
      return { value: { [VALUE_MEMBERS[type]]: number } }
    }
  }
}

/** What is taken for a parameter: what was written, else its default; or what is wrong, in a sentence. */
export function takenValue(
  parameter: CommandParameter,
  text: string,
): { readonly taken: ParameterValue; readonly given?: CommandParameterValue } | { readonly problem: string } {
  const { type = 'STRING' } = parameter
  const read = text === '' ? undefined : readValue(type, text)
  if (read && 'problem' in read) return read
  try {
    const taken = chosenValue(parameter, read?.value)
    return { taken, ...(read && { given: read.value }) }
  } catch (error) {
    if (error instanceof CommandError) return { problem: sentence(error.message, parameter.name) }
    throw error
  }
}

/** The field says which parameter it is: `The value of the parameter level does not …` → `It does not …`. */
const sentence = (message: string, name: string) =>
  `${message.replace(`The value of the parameter ${name} does not`, 'It does not').replace(`The parameter ${name} `, 'It ')}.`

export type ValueTexts = Readonly<Record<string, string>>

/** What an execution is made with; undefined as long as something is wrong. */
export function takenValues(parameters: readonly CommandParameter[], texts: ValueTexts) {
  const given: Record<string, CommandParameterValue> = {}
  const taken: Record<string, ParameterValue> = {}
  for (const parameter of parameters) {
    const each = takenValue(parameter, texts[parameter.name] ?? '')
    if ('problem' in each) return undefined
    taken[parameter.name] = each.taken
    if (each.given) given[parameter.name] = each.given
  }
  return { given, taken }
}

/** As the fields have them: what differs from nothing. */
export const textsOf = (
  values: CommandParameterValues | undefined,
  text: (value: CommandParameterValue) => string,
): ValueTexts => Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, text(value)]))
