import { type AuthInfo, type AuthResult, type IoTClient, TestAuthorizationCommand } from '@aws-sdk/client-iot'
import type { AuthorizationAnswer, AuthorizationQuestion } from '@thingdeck/contract'
import type { Pace } from '../../aws/pace.ts'

/** AWS IoT API reference, TestAuthorization: `authInfos` has at most 10. */
const MOST_AT_ONCE = 10

interface Asked {
  readonly principal: string
  readonly clientId?: string | undefined
  readonly questions: readonly AuthorizationQuestion[]
  readonly policyNamesToSkip?: readonly string[] | undefined
}

/** What AWS IoT says to each question, in their order. Errors are AWS's own. */
export async function testAuthorization(
  iot: IoTClient,
  pace: Pace,
  { principal, clientId, questions, policyNamesToSkip = [] }: Asked,
): Promise<AuthorizationAnswer[]> {
  const answers: AuthorizationAnswer[] = []
  for (let from = 0; from < questions.length; from += MOST_AT_ONCE) {
    const authInfos = questions
      .slice(from, from + MOST_AT_ONCE)
      .map(({ actionType, resource }): AuthInfo => ({ actionType, resources: [resource] }))
    await pace.turn()
    const { authResults = [] } = await iot.send(
      new TestAuthorizationCommand({
        principal,
        authInfos,
        ...(clientId !== undefined && { clientId }),
        ...(policyNamesToSkip.length > 0 && { policyNamesToSkip: [...policyNamesToSkip] }),
      }),
    )
    answers.push(...authResults.map(answerOf))
  }
  return answers
}

function answerOf({ authDecision, allowed, denied, missingContextValues = [] }: AuthResult): AuthorizationAnswer {
  return {
    decision: authDecision ?? 'IMPLICIT_DENY',
    allowedBy: namesOf(allowed),
    deniedBy: namesOf(denied?.explicitDeny),
    missing: [...missingContextValues],
  }
}

const namesOf = (found: AuthResult['allowed']): string[] =>
  (found?.policies ?? []).flatMap(({ policyName }) => policyName ?? [])
