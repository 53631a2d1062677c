import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { Authorizer } from './authorizer-table.ts'
import type { Authorizers } from './authorizers.ts'
import type { TestInvocation } from './test-invocation.ts'

/** The control plane's operations on authorizers. */
export function authorizerHandlers(authorizers: Authorizers, test: TestInvocation) {
  return {
    CreateAuthorizer: (input) => summaryOf(authorizers.create(input)),
    UpdateAuthorizer: (input) => summaryOf(authorizers.update(input)),
    DescribeAuthorizer: ({ authorizerName }) => ({
      authorizerDescription: descriptionOf(authorizers.mustFind(authorizerName)),
    }),
    ListAuthorizers: ({ status, ...request }) => {
      const { rows, ...page } = authorizers.list(status, request)
      return { ...page, authorizers: rows.map(summaryOf) }
    },
    DeleteAuthorizer: ({ authorizerName }) => {
      authorizers.delete(authorizerName)
      return {}
    },
    SetDefaultAuthorizer: ({ authorizerName }) => summaryOf(authorizers.setDefault(authorizerName)),
    DescribeDefaultAuthorizer: () => ({ authorizerDescription: descriptionOf(authorizers.mustHaveDefault()) }),
    ClearDefaultAuthorizer: () => {
      authorizers.clearDefault()
      return {}
    },
    TestInvokeAuthorizer: (input) => test.run(input),
  } satisfies IotHandlers
}

const summaryOf = ({ name, arn }: Authorizer) => ({ authorizerName: name, authorizerArn: arn })

function descriptionOf(authorizer: Authorizer) {
  const { tokenKeyName, tokenSigningPublicKeys } = authorizer
  return {
    ...summaryOf(authorizer),
    authorizerFunctionArn: authorizer.functionArn,
    ...(tokenKeyName !== undefined && { tokenKeyName }),
    ...(Object.keys(tokenSigningPublicKeys).length > 0 && { tokenSigningPublicKeys }),
    status: authorizer.status,
    creationDate: new Date(authorizer.createdAtMs),
    lastModifiedDate: new Date(authorizer.modifiedAtMs),
    signingDisabled: authorizer.signingDisabled,
    enableCachingForHttp: authorizer.enableCachingForHttp,
  }
}
