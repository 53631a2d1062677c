/** The members that AWS gave: what is undefined is left out, as `exactOptionalPropertyTypes` wants it. */
export function present<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // `fromEntries` forgets which names there were; none is added and none but the undefined ones is taken away.
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never
}

/** A time of AWS's as the contract has it. */
export const isoTime = (time: Date | undefined): string | undefined => time?.toISOString()
