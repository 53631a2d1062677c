import { AwsError, type Call, type InputCheck, inputCheck } from '@thingdeck/aws-api'
import { evaluate, explain } from '@thingdeck/policies'
import { controlPlaneRequest } from './control-plane-request.ts'
import { arnOf } from './foundation/account.ts'
import type { AccountOperations, Operations } from './foundation/account-operations.ts'
import { AWS_APIS } from './foundation/aws-apis.ts'
import type { Caller } from './foundation/caller.ts'
import type { PrepareCertificate } from './foundation/certificates.ts'
import type { LocalContext } from './foundation/context.ts'
import { Faults } from './foundation/faults.ts'
import type { PolicySource } from './foundation/policy-source.ts'
import { parseRoleArn, type Roles } from './foundation/roles.ts'
import type { PermissionChanges } from './messaging/messaging.ts'
import type { ServiceList } from './service-list.ts'

export interface AccountOperationsParts {
  readonly context: LocalContext
  readonly roles: Roles
  readonly policies: PolicySource
  readonly changes: PermissionChanges
  readonly prepareCertificate: PrepareCertificate
  /** Asked when all services are there. */
  readonly services: () => ServiceList
}

/** Operations of the IoT control plane, called from within the server as somebody with a role would call them. */
export function accountOperations(parts: AccountOperationsParts): AccountOperations {
  const { context, changes, prepareCertificate } = parts
  let checking: Promise<InputCheck> | undefined
  const loadCheck = async () => inputCheck(AWS_APIS.iot.traits, await AWS_APIS.iot.load())
  return {
    as: async (roleArn, sessionName) => {
      checking ??= loadCheck()
      return operationsAs(parts, await checking, roleArn, sessionName)
    },
    atomically: (work) => {
      const holds = [changes.registry, changes.policies, changes.certificates].map((each) => each.hold())
      let stays = false
      try {
        const result = context.database.transaction(work)
        stays = true
        return result
      } finally {
        const faults = new Faults() // what a listener throws leaves none of them held
        for (const end of holds) faults.attempt(() => end(stays))
        faults.throwAny('Several listeners could not take what changed')
      }
    },
    prepareCertificate,
  }
}

function operationsAs(
  parts: AccountOperationsParts,
  check: InputCheck,
  roleArn: string | undefined,
  sessionName: string,
): Operations {
  const { context, services } = parts
  const caller: Caller = {
    kind: 'root',
    arn: arnOf({ ...context.account, region: '' }, 'iam', 'root'),
    accessKeyId: '',
    principalId: context.account.id,
  }
  const ask = (operation: string, given: unknown) => {
    const input = typeof given === 'object' && given !== null ? given : {}
    const wrong = check(operation, input)
    if (wrong !== undefined) throw new AwsError('InvalidRequestException', wrong)
    if (roleArn !== undefined) mustBeAllowed(parts, { roleArn, sessionName, operation, input })
  }
  return {
    mustBeAllowed: ask,
    call: (operation, input) => {
      const list = services()
      const handler = list.apis.find(({ key }) => key === 'iot')?.handlers[operation]
      if (!handler) throw new Error(`nobody answers ${operation}`)
      ask(operation, input)
      // Handlers of AWS IoT look at the caller alone: there is no request that it came with.
      const call = { caller, operation, service: 'iot' } as Call<Caller>
      const answer: unknown = handler(input, call)
      if (answer instanceof Promise) throw new Error(`${operation} takes a moment, and cannot be one of several`)
      return answer as never // which the table of handlers does not say, and the SDK's types do
    },
  }
}

interface AskedOf {
  readonly roleArn: string
  readonly sessionName: string
  readonly operation: string
  readonly input: object
}

/** @throws {AwsError} AccessDeniedException, as at the door */
function mustBeAllowed(
  { context, roles, policies, services }: AccountOperationsParts,
  { roleArn, sessionName, operation, input }: AskedOf,
): void {
  const roleName = parseRoleArn(roleArn)?.name ?? ''
  if (roles.isUndefined(roleName)) return // such a role may do everything, as everywhere in this server
  const asked = services().resourcesOf('iot', operation, input)
  const request = controlPlaneRequest(context.account, AWS_APIS.iot, operation, input, asked)
  const { action, resources, context: needed = {} } = request
  for (const resource of resources) {
    const decision = evaluate(policies.rolePolicies(roleName), { action, resource, context: needed })
    if (decision.decision === 'ALLOWED') continue
    const session = `arn:aws:sts::${context.account.id}:assumed-role/${roleName}/${sessionName}`
    const message = `User: ${session} is not authorized to perform: ${action} on resource: ${resource}. ${explain(decision)}`
    throw new AwsError('AccessDeniedException', message)
  }
}
