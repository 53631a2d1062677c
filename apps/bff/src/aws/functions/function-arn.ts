export interface FunctionArnParts {
  /** Without what stands behind the name. */
  readonly unqualifiedArn: string
  readonly functionName: string
  /** A version or an alias. */
  readonly qualifier: string | undefined
}

/** The parts of `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`. @see AWS Lambda API reference, FunctionName */
export function arnPartsOf(arn: string): FunctionArnParts {
  const parts = arn.split(':')
  return { unqualifiedArn: parts.slice(0, 7).join(':'), functionName: parts[6] ?? '', qualifier: parts[7] }
}
