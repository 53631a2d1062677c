import { toNumber } from '../convert.ts'
import { Numbers } from '../numbers.ts'
import type { ArgumentFault, KnownArguments, PureFunction } from '../rule-function.ts'
import { shortened } from '../shortened.ts'
import { typeOf, type Value } from '../value.ts'

/** The first of the arguments that is known, and is no number. What is Undefined itself is not what is wrong here. */
export const findNumberFault: NonNullable<PureFunction['findFault']> = (known: KnownArguments, sqlVersion) => {
  const numbers = Numbers.of(sqlVersion)
  for (const [argument, each] of known.entries()) {
    if (each === undefined || each.value === undefined || toNumber(each.value, numbers) !== undefined) continue
    return { argument, message: sentence(each.value), severity: 'undefined' } satisfies ArgumentFault
  }
  return undefined
}

function sentence(value: Value): string {
  if (typeof value !== 'string') return `A number is wanted here, and this is of type ${typeOf(value)}`
  return `'${shortened(value)}' is no number; numbers are written as 12.5 or 1E-3`
}
