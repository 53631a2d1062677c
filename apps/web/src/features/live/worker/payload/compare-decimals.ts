import { decimalForm } from '@thingdeck/json'

/** The order of two numbers by all of their digits: -1, 0 or 1. Both are texts of JSON numbers. */
export function compareDecimals(one: string, other: string): number {
  if (decimalForm(one) === decimalForm(other)) return 0
  const a = scaleOf(one)
  const b = scaleOf(other)
  const least = Math.min(a.exponent, b.exponent)
  // Both are infinite, or both nothing, as doubles: nobody asks for more.
  if (Math.max(a.exponent, b.exponent) - least > 1_000) return 0
  const left = a.digits * 10n ** BigInt(a.exponent - least)
  const right = b.digits * 10n ** BigInt(b.exponent - least)
  return left < right ? -1 : 1
}

function scaleOf(number: string) {
  const [digits = '0', exponent = '0'] = decimalForm(number).split('e')
  return { digits: BigInt(digits), exponent: Number(exponent) }
}
