import { AwsError } from '@thingdeck/aws-api'
import { type CompiledPolicies, PolicyContext } from '@thingdeck/policies'
import { arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { IotHandlers, IotInput } from '../../foundation/iot-handlers.ts'
import { type PageRequest, readPage } from '../../foundation/marker-paging.ts'
import type { ConnectionFacts, ThingDirectory } from '../../foundation/thing-directory.ts'
import { tryAuthorization } from './authorization-trial.ts'
import type { Policies } from './policies.ts'

/** The control plane's operations on policies and their versions. */
export function policyHandlers(policies: Policies) {
  return {
    CreatePolicy: ({ policyName, policyDocument, tags }) => {
      const { arn } = policies.create(policyName, policyDocument, tags)
      return { policyName, policyArn: arn, policyDocument, policyVersionId: '1' }
    },
    GetPolicy: ({ policyName }) => {
      const { arn, defaultVersion, ...policy } = policies.mustFind(policyName)
      return {
        policyName,
        policyArn: arn,
        policyDocument: policies.mustFindVersion(policyName, String(defaultVersion)).document,
        defaultVersionId: String(defaultVersion),
        creationDate: new Date(policy.createdAtMs),
        lastModifiedDate: new Date(policy.modifiedAtMs),
        generationId: policy.generationId,
      }
    },
    ListPolicies: (request) => {
      const { rows, ...page } = policies.store.list(request)
      return { ...page, policies: rows.map(({ name, arn }) => ({ policyName: name, policyArn: arn })) }
    },
    DeletePolicy: ({ policyName }) => {
      policies.delete(policyName)
      return {}
    },
    CreatePolicyVersion: ({ policyName, policyDocument, setAsDefault = false }) => {
      const { version } = policies.createVersion(policyName, policyDocument, setAsDefault)
      return {
        policyArn: policies.mustFind(policyName).arn,
        policyDocument,
        policyVersionId: String(version),
        isDefaultVersion: setAsDefault,
      }
    },
    GetPolicyVersion: ({ policyName, policyVersionId }) => {
      const { version, document, createdAtMs } = policies.mustFindVersion(policyName, policyVersionId)
      const { arn, defaultVersion, generationId } = policies.mustFind(policyName)
      return {
        policyArn: arn,
        policyName,
        policyDocument: document,
        policyVersionId: String(version),
        isDefaultVersion: version === defaultVersion,
        creationDate: new Date(createdAtMs),
        lastModifiedDate: new Date(createdAtMs), // a version never changes
        generationId,
      }
    },
    ListPolicyVersions: ({ policyName }) => {
      const { defaultVersion } = policies.mustFind(policyName)
      return {
        policyVersions: policies.store.versions(policyName).map(({ version, createdAtMs }) => ({
          versionId: String(version),
          isDefaultVersion: version === defaultVersion,
          createDate: new Date(createdAtMs),
        })),
      }
    },
    SetDefaultPolicyVersion: ({ policyName, policyVersionId }) => {
      policies.setDefaultVersion(policyName, policyVersionId)
      return {}
    },
    DeletePolicyVersion: ({ policyName, policyVersionId }) => {
      policies.deleteVersion(policyName, policyVersionId)
      return {}
    },
  } satisfies IotHandlers
}

/** The control plane's operations on what policies are attached to. */
export function attachmentHandlers(
  { account }: LocalContext,
  policies: Policies,
  things: Pick<ThingDirectory, 'group'>,
) {
  const listOf = (names: readonly string[]) =>
    names.map((policyName) => ({ policyName, policyArn: arnOf(account, 'iot', `policy/${policyName}`) }))
  const attachedTo = (targets: readonly string[], request: PageRequest) => {
    const named = policies.namesFor(targets).map((name, index) => ({ name, seq: index + 1 }))
    const newestFirst = request.ascendingOrder !== true
    const rows = newestFirst ? named.toReversed() : named
    const { rows: found, ...page } = readPage(`policies of ${targets[0]}`, request, ({ after, limit }) =>
      rows.filter(({ seq }) => (newestFirst ? seq < after : seq > after)).slice(0, limit),
    )
    return { ...page, policies: listOf(found.map(({ name }) => name)) }
  }
  /** The target, and with `recursive` also the groups above a group. */
  const lineOf = (target: string, recursive: boolean | undefined): string[] => {
    const parsed = policies.mustFindTarget(target)
    if (!recursive || parsed.kind !== 'thing-group') return [target]
    return [target, ...(things.group(parsed.thingGroupName)?.ancestors ?? [])]
  }
  return {
    AttachPolicy: ({ policyName, target }) => {
      policies.attach(policyName, target)
      return {}
    },
    DetachPolicy: ({ policyName, target }) => {
      policies.detach(policyName, target)
      return {}
    },
    AttachPrincipalPolicy: ({ policyName, principal }) => {
      checkPrincipal(policies, principal)
      policies.attach(policyName, principal)
      return {}
    },
    DetachPrincipalPolicy: ({ policyName, principal }) => {
      policies.mustFind(policyName)
      checkPrincipal(policies, principal)
      policies.detach(policyName, principal)
      return {}
    },
    ListAttachedPolicies: ({ target, recursive, ...request }) =>
      attachedTo(lineOf(target, recursive), { ...request, ascendingOrder: true }),
    ListPrincipalPolicies: ({ principal, ...request }) => {
      checkPrincipal(policies, principal)
      return attachedTo([principal], request)
    },
    ListTargetsForPolicy: ({ policyName, ...request }) => {
      policies.mustFind(policyName)
      const { rows, ...page } = policies.store.listTargets(policyName, 'targets', { ...request, ascendingOrder: true })
      return { ...page, targets: rows.map(({ target }) => target) }
    },
    ListPolicyPrincipals: ({ policyName, ...request }) => {
      policies.mustFind(policyName)
      const { rows, ...page } = policies.store.listTargets(policyName, 'principals', request)
      return { ...page, principals: rows.map(({ target }) => target) }
    },
  } satisfies IotHandlers
}

/** What the operations that explain look at beside the policies. */
export interface AuthorizationFacts {
  readonly things: Pick<ThingDirectory, 'thing' | 'groupArnsOf'>
  readonly connections: ConnectionFacts
  /** The policies of the role that a Cognito identity last got; undefined before it got any. */
  readonly identityPolicies: (identityId: string) => CompiledPolicies | undefined
}

/** The operations that explain. */
export function authorizationHandlers(
  { account }: LocalContext,
  policies: Policies,
  { things, connections, identityPolicies }: AuthorizationFacts,
) {
  const targetsOf = ({ principal, thingName }: IotInput<'GetEffectivePolicies'>): string[] => {
    if (principal === undefined && thingName === undefined) {
      throw new AwsError('InvalidRequestException', 'A principal or a thingName is required')
    }
    if (principal !== undefined) policies.mustFindTarget(principal)
    if (thingName !== undefined && things.thing(thingName) === undefined) {
      throw new AwsError('ResourceNotFoundException', `Thing ${thingName} cannot be found.`)
    }
    const groups = thingName === undefined ? [] : things.groupArnsOf(thingName)
    return [...(principal === undefined ? [] : [principal]), ...groups]
  }
  return {
    GetEffectivePolicies: (request) => ({
      effectivePolicies: policies.namesFor(targetsOf(request)).map((policyName) => {
        const { arn, defaultVersion } = policies.mustFind(policyName)
        const { document } = policies.mustFindVersion(policyName, String(defaultVersion))
        return { policyName, policyArn: arn, policyDocument: document }
      }),
    }),
    TestAuthorization: (request) => {
      const { principal, clientId, authInfos, cognitoIdentityPoolId, policyNamesToAdd = [] } = request
      if (principal !== undefined) checkPrincipal(policies, principal)
      const thing = principal === undefined ? undefined : connections.associatedThing(principal, clientId)
      const groups = thing === undefined ? [] : things.groupArnsOf(thing)
      const attached = principal === undefined ? [] : policies.namesFor([principal, ...groups])
      for (const name of policyNamesToAdd) policies.mustFind(name)
      const skipped = new Set(request.policyNamesToSkip)
      const names = [...new Set([...attached, ...policyNamesToAdd])].filter((name) => !skipped.has(name))
      const deciding = {
        iot: policies.compile(names),
        role: cognitoIdentityPoolId === undefined || principal === undefined ? undefined : identityPolicies(principal),
        context: new PolicyContext(connections.contextOf(principal ?? '', clientId)),
      }
      return { authResults: authInfos.map((info) => tryAuthorization(account, info, deciding)) }
    },
  } satisfies IotHandlers
}

/** Of TestAuthorization and the older operations: a certificate or a Cognito identity, and no group. */
function checkPrincipal(policies: Policies, principal: string): void {
  if (principal.startsWith('arn:') && !/^arn:[^:]*:iot:[^:]*:[^:]*:cert\//.test(principal)) {
    throw new AwsError('InvalidRequestException', 'The given ARN does not represent a cert')
  }
  policies.mustFindTarget(principal)
}
