import type { AwsError } from '@thingdeck/aws-api'

/** Periods of high resolution; API Reference, GetMetricData, `Period`. */
const SHORT_PERIODS: readonly number[] = [1, 5, 10, 20, 30]

/** @throws {AwsError} what `refuse` makes, where a period is neither of those */
export function checkPeriod(seconds: number, refuse: (message: string) => AwsError): void {
  if (SHORT_PERIODS.includes(seconds) || (seconds > 0 && seconds % 60 === 0)) return
  throw refuse(`The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60, not ${seconds}.`)
}

/** Epoch seconds of a time that the model says is there. */
export function secondsOf(time: Date | undefined): number {
  return Math.floor((time?.getTime() ?? 0) / 1000)
}
