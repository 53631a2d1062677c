/** JavaScript writes numbers from here on, and those below the other, with an exponent: `1e+21`, `1e-7`. */
const LARGE = 1e21
const SMALL = 1e-6

/** From which number to which, both of them within. */
type NumberRange = readonly [low: number, high: number]

/** What is written is rounded, and so is what is computed. */
const lower = (number: number): number => number * (1 - 1e-12)
const higher = (number: number): number => number * (1 + 1e-12)

/**
 * Ranges that hold all numbers which JavaScript writes with a text at the beginning, in lower case, and some others:
 * `12` has 12 to 13, 120 to 130, 1200 to 1300, and so on.
 * @param text not empty
 */
export function numbersBeginningWith(text: string): readonly NumberRange[] {
  const isNegative = text.startsWith('-')
  const rest = isNegative ? text.slice(1) : text
  const ranges = rest === '' ? [[0, Number.POSITIVE_INFINITY] as const] : positiveBeginningWith(rest)
  return isNegative ? ranges.map(([low, high]) => [-high, -low] as const) : ranges
}

function positiveBeginningWith(text: string): readonly NumberRange[] {
  if ('infinity'.startsWith(text)) return [[Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]]
  const [, whole = '', point = '', digits = ''] = /^(0|[1-9]\d*)(?:(\.)(\d*))?(?:e[+-]?\d*)?$/.exec(text) ?? []
  if (whole === '') return []
  const withExponent: readonly NumberRange[] =
    whole.length > 1
      ? []
      : [
          [0, SMALL],
          [LARGE, Number.POSITIVE_INFINITY],
        ]
  if (text.includes('e')) return withExponent
  const step = 10 ** -digits.length
  const first = Number(`${whole}.${digits}0`)
  if (point !== '' || whole === '0') return [[lower(first), higher(first + step)], ...withExponent]
  const scales = Array.from({ length: 22 - whole.length }, (_, zeros) => 10 ** zeros)
  return [...scales.map((scale) => [lower(first * scale), higher((first + 1) * scale)] as const), ...withExponent]
}
