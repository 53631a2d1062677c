export type Repeat =
  | { readonly ok: true; readonly perSecond: number; readonly count?: number }
  /** What is wrong with either field. */
  | { readonly ok: false; readonly rate?: string; readonly count?: string }

/** What the fields of a repetition mean. An empty count: until stopped. */
export function readRepeat(rateText: string, countText: string): Repeat {
  const perSecond = rateText.trim() === '' ? Number.NaN : Number(rateText)
  const count = countText.trim() === '' ? undefined : Number(countText)
  const problems = {
    ...(perSecond >= 0.1 && perSecond <= 100 ? {} : { rate: 'From 0.1 to 100: AWS takes 100 a second.' }),
    ...(count === undefined || (Number.isInteger(count) && count >= 1) ? {} : { count: 'A whole number from 1.' }),
  }
  if (Object.keys(problems).length > 0) return { ok: false, ...problems }
  return { ok: true, perSecond, ...(count === undefined ? {} : { count }) }
}
