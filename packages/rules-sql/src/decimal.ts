/** Significant digits of a Decimal, and digits of an Int. Source: AWS IoT developer guide, "Data types". */
export const PRECISION = 34

/** Magnitudes reach from 1E-999 to 9.99…E999. Source: as above. */
const MAX_EXPONENT = 999

/** What the guide's regular expression takes for a number in a string: no `+`, no `.5`, no `5.`, no spaces, no hex. */
const NUMERIC = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/**
 * A decimal number, `coefficient × 10^exponent`, of at most {@link PRECISION} digits. The coefficient has no trailing
 * zeros, so that equal numbers have equal members. Results are rounded half to even; the guide names no rounding.
 */
export class Decimal {
  static readonly ZERO: Decimal = new Decimal(0n, 0)
  readonly coefficient: bigint
  readonly exponent: number

  private constructor(coefficient: bigint, exponent: number) {
    this.coefficient = coefficient
    this.exponent = exponent
  }

  /** @returns undefined where the number is too large; one that is too small is 0 */
  static of(coefficient: bigint, exponent = 0): Decimal | undefined {
    let digits = digitsOf(coefficient)
    if (digits.length > PRECISION) {
      const dropped = digits.length - PRECISION
      coefficient = divideHalfEven(coefficient, 10n ** BigInt(dropped))
      exponent += dropped
      digits = digitsOf(coefficient)
    }
    if (coefficient === 0n) return Decimal.ZERO
    const zeros = trailingZeros(digits)
    if (zeros > 0) coefficient /= 10n ** BigInt(zeros)
    exponent += zeros
    const adjusted = exponent + digits.length - zeros - 1
    if (adjusted > MAX_EXPONENT) return undefined
    return adjusted < -MAX_EXPONENT ? Decimal.ZERO : new Decimal(coefficient, exponent)
  }

  /** @param text a JSON number, or what a double prints as; @returns undefined for other text and too large numbers */
  static parse(text: string): Decimal | undefined {
    const match = NUMERIC.exec(text)
    if (!match) return undefined
    const [, sign, whole = '', fraction = '', power = '0'] = match
    // Beyond what fits, further digits can only be a fault or an attack; BigInt of them would be quadratic.
    const digits = stripLeadingZeros(whole + fraction)
    const kept = digits.slice(0, PRECISION + 1)
    const sticky = /[1-9]/.test(digits.slice(PRECISION + 1)) ? '1' : ''
    const coefficient = BigInt(`${kept}${sticky}` || '0')
    const exponent = Number(power) - fraction.length + (digits.length - kept.length) - sticky.length
    if (coefficient === 0n) return Decimal.ZERO
    if (!Number.isSafeInteger(exponent)) return power.startsWith('-') ? Decimal.ZERO : undefined
    return Decimal.of(sign === '-' ? -coefficient : coefficient, exponent)
  }

  get isWhole(): boolean {
    return this.exponent >= 0
  }

  get isNegative(): boolean {
    return this.coefficient < 0n
  }

  /** Digits before the point: 3 of 123.4, 0 of 0.5. */
  get wholeDigits(): number {
    return Math.max(0, digitsOf(this.coefficient).length + this.exponent)
  }

  negate(): Decimal {
    return new Decimal(-this.coefficient, this.exponent)
  }

  add(other: Decimal): Decimal | undefined {
    const gap = this.exponent - other.exponent
    // What lies wholly behind the last digit that is kept can only decide a tie.
    if (Math.abs(gap) > 2 * PRECISION + 2) {
      if (this.coefficient === 0n) return other
      if (other.coefficient === 0n) return this
      const [large, small] = gap > 0 ? [this, other] : [other, this]
      const shift = PRECISION + 2
      const nudge = small.isNegative ? -1n : 1n
      return Decimal.of(large.coefficient * 10n ** BigInt(shift) + nudge, large.exponent - shift)
    }
    const exponent = Math.min(this.exponent, other.exponent)
    return Decimal.of(this.#at(exponent) + other.#at(exponent), exponent)
  }

  subtract(other: Decimal): Decimal | undefined {
    return this.add(other.negate())
  }

  multiply(other: Decimal): Decimal | undefined {
    return Decimal.of(this.coefficient * other.coefficient, this.exponent + other.exponent)
  }

  /** @returns undefined for a division by zero */
  divide(other: Decimal): Decimal | undefined {
    if (other.coefficient === 0n) return undefined
    const shift = Math.max(0, digitsOf(other.coefficient).length - digitsOf(this.coefficient).length + PRECISION + 2)
    const dividend = this.coefficient * 10n ** BigInt(shift)
    let quotient = dividend / other.coefficient
    let exponent = this.exponent - other.exponent - shift
    if (dividend % other.coefficient !== 0n) {
      // One digit more that is not zero keeps what was cut off from looking like a tie.
      quotient = quotient * 10n + (this.isNegative === other.isNegative ? 1n : -1n)
      exponent -= 1
    }
    return Decimal.of(quotient, exponent)
  }

  /** The remainder of a division that is cut to a whole number; it has the sign of the dividend. */
  remainder(other: Decimal): Decimal | undefined {
    if (other.coefficient === 0n) return undefined
    const exponent = Math.min(this.exponent, other.exponent)
    return Decimal.of(this.#at(exponent) % other.#at(exponent), exponent)
  }

  compare(other: Decimal): -1 | 0 | 1 {
    const sign = signOf(this.coefficient)
    const otherSign = signOf(other.coefficient)
    if (sign !== otherSign || sign === 0) return compareNumbers(sign, otherSign)
    const size = digitsOf(this.coefficient).length + this.exponent
    const otherSize = digitsOf(other.coefficient).length + other.exponent
    if (size !== otherSize) return compareNumbers(size * sign, otherSize * sign)
    const exponent = Math.min(this.exponent, other.exponent)
    const [a, b] = [this.#at(exponent), other.#at(exponent)]
    return a < b ? -1 : a > b ? 1 : 0
  }

  /**
   * To a multiple of `10^-places`: `floor` towards minus infinity, `ceil` towards plus infinity, `trunc` towards zero,
   * `round` to the nearest, halves away from zero.
   */
  toPlaces(places: number, rounding: 'floor' | 'ceil' | 'trunc' | 'round'): Decimal {
    const dropped = -this.exponent - places
    if (dropped <= 0) return this
    const size = digitsOf(this.coefficient).length
    const unit = 10n ** BigInt(Math.min(dropped, size + 1))
    const quotient = this.coefficient / unit
    const rest = this.coefficient % unit
    const away = this.isNegative ? -1n : 1n
    const moves =
      rest !== 0n &&
      ((rounding === 'floor' && this.isNegative) ||
        (rounding === 'ceil' && !this.isNegative) ||
        (rounding === 'round' && absolute(rest) * 2n >= unit))
    return Decimal.of(moves ? quotient + away : quotient, -places) ?? Decimal.ZERO
  }

  /** Exact; only for whole numbers of at most {@link PRECISION} digits. */
  toBigInt(): bigint {
    return this.#at(0)
  }

  /** The nearest double. */
  toNumber(): number {
    return Number(`${this.coefficient}e${this.exponent}`)
  }

  /** `12.5`, `5.0`, `1.5e-7`, `2.411e247`: always with a point or an exponent, as a Decimal is read back. */
  toString(): string {
    const digits = digitsOf(this.coefficient)
    const sign = this.isNegative ? '-' : ''
    const adjusted = this.exponent + digits.length - 1
    if (adjusted < -6 || adjusted > PRECISION) {
      const rest = digits.slice(1)
      return `${sign}${digits[0]}${rest === '' ? '' : `.${rest}`}e${adjusted}`
    }
    if (this.exponent >= 0) return `${sign}${digits}${'0'.repeat(this.exponent)}.0`
    const point = digits.length + this.exponent
    return point > 0
      ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
      : `${sign}0.${'0'.repeat(-point)}${digits}`
  }

  /** What `JSON.stringify` cannot write without loss ends it, so that the writer of values takes over. */
  toJSON(): never {
    throw new TypeError('A Decimal is written by stringifyValue')
  }

  /** The coefficient that this number has with a smaller exponent. */
  #at(exponent: number): bigint {
    return this.coefficient * 10n ** BigInt(this.exponent - exponent)
  }
}

function digitsOf(coefficient: bigint): string {
  return absolute(coefficient).toString()
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

function signOf(value: bigint): -1 | 0 | 1 {
  return value < 0n ? -1 : value > 0n ? 1 : 0
}

function compareNumbers(a: number, b: number): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}

function trailingZeros(digits: string): number {
  let end = digits.length
  while (end > 1 && digits[end - 1] === '0') end -= 1
  return digits.length - end
}

function stripLeadingZeros(digits: string): string {
  let start = 0
  while (start < digits.length && digits[start] === '0') start += 1
  return digits.slice(start)
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  const twice = absolute(dividend % divisor) * 2n
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient
  return dividend < 0n ? quotient - 1n : quotient + 1n
}
