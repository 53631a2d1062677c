/** A function is too late: why, in words that go on from its name. It may still run. */
export class LateFunctionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LateFunctionError'
  }
}

/** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
export type After = (delayMs: number, callback: () => void) => () => void

/**
 * "The Lambda function must finish running and return within 5 seconds", @see AWS IoT Core developer guide,
 * "Pre-provisioning hooks"; authorizers have the same.
 */
const RUN_MS = 5_000
/**
 * Until it runs. On AWS it is a cold start at most, and in the five seconds; here a machine may do much else, or others have
 * come before: no device is to be refused for that. Clients give up at about this time.
 */
const BEGIN_MS = 30_000

/**
 * The time that somebody who waits for a function has for it: five seconds from when it runs.
 * @param invoke passes on to the invocation what is to be called as the handler begins
 * @throws {LateFunctionError}
 */
export async function inFunctionTime<Answer>(
  after: After,
  invoke: (whenBegun: () => void) => Promise<Answer>,
): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  const within = (milliseconds: number, what: string) =>
    after(milliseconds, () =>
      late.reject(new LateFunctionError(`did not ${what} within ${milliseconds / 1000} seconds`)),
    )
  let isOver = false
  let cancel = within(BEGIN_MS, 'begin')
  const whenBegun = () => {
    if (isOver) return
    cancel()
    cancel = within(RUN_MS, 'answer')
  }
  try {
    return await Promise.race([invoke(whenBegun), late.promise])
  } finally {
    isOver = true
    cancel()
  }
}
