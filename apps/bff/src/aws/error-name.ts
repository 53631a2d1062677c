/** Whether an error is of one of these names; AWS's SDKs tell exceptions apart by them: `ResourceNotFoundException`. */
export const isNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name)
