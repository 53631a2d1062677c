/** The shortest text of a double: `4.2`, `-0`, `NaN`, `Infinity`. A whole number keeps a sign that it is a float. */
export function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  const text = String(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** The shortest text that is the same single-precision number again: 3.4028234663852886e38 as `3.4028235e+38`. */
export function float32Text(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return floatText(value)
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return floatText(short)
  }
  return floatText(value)
}
