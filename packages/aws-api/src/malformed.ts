import { AwsError } from './types.ts'

/** The request cannot be read as its operation's input at all. AWS answers so before it looks at any constraint. */
export function malformed(message: string): AwsError {
  return new AwsError('SerializationException', message)
}
