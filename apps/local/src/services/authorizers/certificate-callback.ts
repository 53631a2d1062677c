import { randomUUID } from 'node:crypto'
import type { Stranger } from '../../foundation/admissions.ts'
import { failureWords, NotAdmitted } from './custom-authentication.ts'
import { AnswerError } from './function-answer.ts'
import type { FunctionCalls } from './function-calls.ts'

/**
 * Asks the function that a domain configuration names about a client certificate, at each attempt to connect.
 * @param sourceArn of the domain configuration
 * @throws {NotAdmitted} unless it says `{"isAuthenticated": true}`
 * @see AWS IoT Core developer guide, "Customizing client authentication", pre-authentication client certificate checks
 */
export async function askCertificateCallback(
  calls: FunctionCalls,
  { device, serverName, certificateChain }: Stranger,
  functionArn: string,
  sourceArn: string,
): Promise<void> {
  const event = {
    connectionMetadata: { id: randomUUID() },
    principalId: device?.principal.principalId,
    serverName,
    clientCertificateChain: certificateChain,
  }
  try {
    if (isYes(await calls.ask(functionArn, sourceArn, event))) return
  } catch (error) {
    const words = failureWords(error)
    if (words === undefined) throw error
    throw new NotAdmitted('CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR', words)
  }
  throw new NotAdmitted('NOT_AUTHENTICATED', 'The function that looks at client certificates says no')
}

/** @throws {AnswerError} */
function isYes(payload: Uint8Array): boolean {
  let answer: unknown
  try {
    answer = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString())
  } catch {
    throw new AnswerError('is no JSON')
  }
  if (typeof answer === 'object' && answer !== null && 'isAuthenticated' in answer) {
    const { isAuthenticated } = answer
    if (typeof isAuthenticated === 'boolean') return isAuthenticated
  }
  throw new AnswerError('has no isAuthenticated that is true or false')
}
