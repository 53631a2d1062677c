import { Decimal, PRECISION } from './decimal.ts'
import { DEFAULT_SQL_VERSION, type SqlVersion } from './sql-version.ts'
import { isInt, type NumberValue } from './value.ts'

/** Below it, a double with at most 15 digits prints as just the number that it stands for. */
const EXACT = 1e15

const INT = /^-?\d+$/

/**
 * Makes and computes numbers. The versions differ in one thing: since 2016-03-23, a Decimal that is whole is an Int,
 * wherever it comes from. Source: AWS's rule-validation tool. What is computed is never -0 (adding 0 makes it 0).
 */
export class Numbers {
  /** Whether a Decimal that is whole is an Int. */
  readonly wholeIsInt: boolean

  private constructor(wholeIsInt: boolean) {
    this.wholeIsInt = wholeIsInt
  }

  static readonly #OLD = new Numbers(false)
  static readonly #NEW = new Numbers(true)

  static of(version: SqlVersion): Numbers {
    return version === DEFAULT_SQL_VERSION ? Numbers.#OLD : Numbers.#NEW
  }

  /** A Decimal; an Int where it is whole and the version has it so. */
  fromDecimal(decimal: Decimal): NumberValue
  fromDecimal(decimal: Decimal | undefined): NumberValue | undefined
  fromDecimal(decimal: Decimal | undefined): NumberValue | undefined {
    if (decimal === undefined) return undefined
    if (decimal.isWhole) return this.wholeIsInt ? intOf(decimal) : decimal
    const double = decimal.toNumber()
    // A double that prints as another number than this one, or is whole, does not stand for it.
    if (Number.isInteger(double) || Decimal.parse(String(double))?.compare(decimal) !== 0) return decimal
    return double
  }

  /** A Decimal from what is computed as a double; Undefined for NaN, infinities and what is beyond a Decimal. */
  fromDouble(double: number): NumberValue | undefined {
    if (!Number.isFinite(double)) return undefined
    return Number.isInteger(double) ? this.fromDecimal(Decimal.parse(String(double))) : double
  }

  /** A number as it is written in JSON and in SQL: an Int where it has neither point nor exponent. */
  parse(text: string): NumberValue | undefined {
    const double = Number(text)
    if (INT.test(text)) {
      if (Number.isSafeInteger(double)) return double + 0
      const decimal = Decimal.parse(text)
      return decimal && intOf(decimal)
    }
    return this.fromDecimal(Decimal.parse(text))
  }

  add(a: NumberValue, b: NumberValue): NumberValue | undefined {
    if (typeof a === 'number' && typeof b === 'number') {
      const sum = a + b
      if (Number.isInteger(a) && Number.isInteger(b)) {
        return Number.isSafeInteger(sum) ? sum : fromBigInt(BigInt(a) + BigInt(b))
      }
      const [scaleA, scaleB] = [scaleOf(a), scaleOf(b)]
      const scale = Math.max(scaleA, scaleB)
      const [wholeA, wholeB] = [Math.round(a * scale), Math.round(b * scale)]
      const scaled = wholeA + wholeB
      // What is large may differ by little: then the sum alone does not tell that both are exact.
      const areExact = Math.max(Math.abs(wholeA), Math.abs(wholeB), Math.abs(scaled)) < EXACT
      if (scaleA !== 0 && scaleB !== 0 && areExact) return this.#unscaled(scaled, scale)
    } else if (isInt(a) && isInt(b)) {
      return intOfBigInt(BigInt(a) + BigInt(b))
    }
    return this.fromDecimal(toDecimal(a).add(toDecimal(b)))
  }

  subtract(a: NumberValue, b: NumberValue): NumberValue | undefined {
    return this.add(a, this.negate(b))
  }

  negate(a: NumberValue): NumberValue {
    if (a instanceof Decimal) return a.negate()
    return typeof a === 'bigint' ? -a : 0 - a
  }

  multiply(a: NumberValue, b: NumberValue): NumberValue | undefined {
    if (typeof a === 'number' && typeof b === 'number') {
      const product = a * b
      if (Number.isInteger(a) && Number.isInteger(b)) {
        return Number.isSafeInteger(product) ? product + 0 : intOfBigInt(BigInt(a) * BigInt(b))
      }
      const [scaleA, scaleB] = [scaleOf(a), scaleOf(b)]
      const scaled = Math.round(a * scaleA) * Math.round(b * scaleB)
      if (scaleA !== 0 && scaleB !== 0 && Math.abs(scaled) < EXACT) {
        return this.#unscaled(scaled, scaleA * scaleB)
      }
    } else if (isInt(a) && isInt(b)) {
      return intOfBigInt(BigInt(a) * BigInt(b))
    }
    return this.fromDecimal(toDecimal(a).multiply(toDecimal(b)))
  }

  /**
   * Of two Ints an Int, cut towards zero (the guide's table; its rounding is not stated). Undefined for a division by
   * zero.
   */
  divide(a: NumberValue, b: NumberValue): NumberValue | undefined {
    if (isInt(a) && isInt(b)) {
      if (Number(b) === 0) return undefined
      return typeof a === 'number' && typeof b === 'number' ? Math.trunc(a / b) + 0 : fromBigInt(BigInt(a) / BigInt(b))
    }
    return this.fromDecimal(toDecimal(a).divide(toDecimal(b)))
  }

  /** The remainder, with the sign of the dividend. Undefined for a division by zero. */
  remainder(a: NumberValue, b: NumberValue): NumberValue | undefined {
    if (isInt(a) && isInt(b)) {
      if (Number(b) === 0) return undefined
      return typeof a === 'number' && typeof b === 'number' ? (a % b) + 0 : fromBigInt(BigInt(a) % BigInt(b))
    }
    return this.fromDecimal(toDecimal(a).remainder(toDecimal(b)))
  }

  #unscaled(scaled: number, scale: number): NumberValue | undefined {
    const result = scaled / scale
    if (!Number.isInteger(result)) return result
    return this.wholeIsInt ? result + 0 : Decimal.of(BigInt(result))
  }
}

/** By value, an Int with a Decimal too. */
export function compareNumbers(a: NumberValue, b: NumberValue): -1 | 0 | 1 {
  if (!(a instanceof Decimal) && !(b instanceof Decimal)) {
    // A `number` that is not whole prints as the decimal that it means, and those have the order of the doubles.
    return a < b ? -1 : a > b ? 1 : 0
  }
  return toDecimal(a).compare(toDecimal(b))
}

export function toDecimal(value: NumberValue): Decimal {
  if (value instanceof Decimal) return value
  // A `number` or a `bigint` of 34 digits is never beyond what a Decimal holds.
  return (
    (typeof value === 'bigint' || Number.isInteger(value) ? Decimal.of(BigInt(value)) : Decimal.parse(String(value))) ??
    Decimal.ZERO
  )
}

/** The nearest double, for what the guide computes with double precision. */
export function toDouble(value: NumberValue): number {
  return value instanceof Decimal ? value.toNumber() : Number(value)
}

/** `12`, `0.5`, `1e-7`: as JSON and SQL write it. A Decimal that is whole keeps a point: `5.0`. */
export function formatNumber(value: NumberValue): string {
  return String(value)
}

/** To a whole number: see {@link Decimal.toPlaces}. An Int where it has no more than 34 digits. */
export function toWhole(value: NumberValue, rounding: 'floor' | 'ceil' | 'trunc' | 'round'): NumberValue {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return value
    // A double is below 2^53 where it is not whole, and its halves are exact.
    if (rounding !== 'round') return Math[rounding](value) + 0
    return value < 0 ? 0 - Math.round(-value) : Math.round(value)
  }
  return intOf(value.toPlaces(0, rounding))
}

/** A whole number as an Int, whatever the version; a Decimal where it has more than 34 digits. */
export function intOf(decimal: Decimal): NumberValue {
  return decimal.isWhole && decimal.wholeDigits <= PRECISION ? fromBigInt(decimal.toBigInt()) : decimal
}

/** {@link intOf}; Undefined for what is beyond a Decimal. */
export function intOfBigInt(value: bigint): NumberValue | undefined {
  const decimal = Decimal.of(value)
  return decimal && intOf(decimal)
}

function fromBigInt(value: bigint): number | bigint {
  const double = Number(value)
  return Number.isSafeInteger(double) ? double : value
}

/** The power of ten that makes it whole, up to 10^9: it is `n / scale` for a whole number; 0 where none does. */
function scaleOf(double: number): number {
  if (Number.isInteger(double)) return 1
  for (let scale = 10; scale <= 1e9; scale *= 10) if (Math.round(double * scale) / scale === double) return scale
  return 0
}
