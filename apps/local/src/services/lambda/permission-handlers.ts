import type * as sdk from '@aws-sdk/client-lambda'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import { conflict, notFound, notHere, preconditionFailed } from './lambda-errors.ts'
import type { LambdaFunctions } from './lambda-functions.ts'
import { policyDocument, statementOf } from './resource-policy.ts'

/** The operations on what a function's own policy allows. Its revision is that of the policy: another with each change. */
export function permissionHandlers(functions: LambdaFunctions) {
  const { table } = functions
  const revisionOf = (name: string, qualifier: string) => functions.revisionOf(table.statements(name, qualifier))
  const check = (name: string, qualifier: string, expected: string | undefined) => {
    if (expected !== undefined && expected !== revisionOf(name, qualifier)) throw preconditionFailed()
  }
  return {
    AddPermission: (input) => {
      if (input.FunctionUrlAuthType !== undefined || input.InvokedViaFunctionUrl !== undefined) {
        throw notHere('URLs of functions (FunctionUrlAuthType, InvokedViaFunctionUrl)')
      }
      const { name, qualifier = '', arn } = functions.find(input.FunctionName, input.Qualifier)
      check(name, qualifier, input.RevisionId)
      const { StatementId: statementId } = input
      if (table.statements(name, qualifier).some(({ Sid }) => Sid === statementId)) {
        throw conflict(
          `The statement id (${statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        )
      }
      const statement = statementOf({
        statementId,
        action: input.Action,
        principal: input.Principal,
        resource: arn,
        sourceArn: input.SourceArn,
        sourceAccount: input.SourceAccount,
        organizationId: input.PrincipalOrgID,
        eventSourceToken: input.EventSourceToken,
      })
      table.addStatement(name, qualifier, statement)
      return { Statement: JSON.stringify(statement) }
    },
    RemovePermission: ({ FunctionName, Qualifier, StatementId, RevisionId }) => {
      const { name, qualifier = '' } = functions.find(FunctionName, Qualifier)
      check(name, qualifier, RevisionId)
      if (!table.removeStatement(name, qualifier, StatementId)) {
        throw notFound(`Statement ${StatementId} is not found in resource policy.`)
      }
      return {}
    },
    GetPolicy: ({ FunctionName, Qualifier }) => {
      const { name, qualifier = '' } = functions.find(FunctionName, Qualifier)
      const statements = table.statements(name, qualifier)
      if (statements.length === 0) throw notFound('The resource you requested does not exist.')
      return { Policy: policyDocument(statements), RevisionId: revisionOf(name, qualifier) }
    },
  } satisfies Handlers<typeof sdk, Caller>
}
