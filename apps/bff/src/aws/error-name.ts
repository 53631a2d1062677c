/** Whether an error is of one of these names; AWS's SDKs tell exceptions apart by them: `ResourceNotFoundException`. */
export const isNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name)

/** The HTTP status of an AWS SDK's exception. Undefined: it is none, or nobody answered. */
export function httpStatusOf(error: Error): number | undefined {
  const { $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } }
  return $metadata?.httpStatusCode
}
