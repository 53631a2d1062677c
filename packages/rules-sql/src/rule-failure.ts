/** Why a rule ended without its actions. `function` is the one that failed, where it was one. */
export class RuleFailure extends Error {
  override readonly name = 'RuleFailure'
  readonly code: 'FUNCTION_FAILED' | 'SERVICE_MISSING' | 'TOO_MANY_STEPS' | 'TOO_LARGE'
  readonly function: string | undefined

  constructor(code: RuleFailure['code'], message: string, options: { function?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.function = options.function
  }
}
