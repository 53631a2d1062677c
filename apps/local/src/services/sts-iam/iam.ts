import type * as sdk from '@aws-sdk/client-iam'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import { MalformedPolicyError, parsePolicyDocument, policyDocumentSize } from '@thingdeck/policies'
import type { Role } from '../../foundation/roles.ts'
import { listPage } from './list-page.ts'
import type { RoleStore } from './role-store.ts'

const MAX_TRUST_CHARACTERS = 2048
/** Of what there is none here. */
const NONE: readonly never[] = []
/** All inline policies of a role together, not counting white space. */
const MAX_INLINE_CHARACTERS = 10_240

/**
 * Roles with inline policies: what devices' role aliases and sessions need of IAM. Managed policies and users are not
 * served.
 * @see AWS Identity and Access Management API reference
 */
export function iamHandlers(roles: RoleStore) {
  const named = (name: string): Role => {
    const role = roles.find(name)
    if (!role) throw new AwsError('NoSuchEntityException', `The role with name ${name} cannot be found.`)
    return role
  }
  const policyOf = (roleName: string, policyName: string): { role: Role; text: string } => {
    const role = named(roleName)
    const text = Object.hasOwn(role.policies, policyName) ? role.policies[policyName] : undefined
    if (text !== undefined) return { role, text }
    throw new AwsError('NoSuchEntityException', `The role policy with name ${policyName} cannot be found.`)
  }
  return {
    CreateRole: (input) => {
      const { RoleName: name, AssumeRolePolicyDocument: trustDocument, Path, Description: description } = input
      if (input.PermissionsBoundary !== undefined) {
        throw invalid('The parameter PermissionsBoundary is not supported by this server')
      }
      checkTrust(trustDocument)
      if (roles.find(name)) {
        throw new AwsError('EntityAlreadyExistsException', `Role with name ${name} already exists.`)
      }
      const maxSessionSeconds = input.MaxSessionDuration
      const role = roles.put({
        name,
        trustDocument,
        policies: {},
        ...(Path !== undefined && { path: Path }),
        tags: Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        ...(maxSessionSeconds !== undefined && { maxSessionSeconds }),
        ...(description !== undefined && { description }),
      })
      return { Role: format(role) }
    },
    GetRole: ({ RoleName }) => ({ Role: format(named(RoleName)) }),
    ListRoles: ({ PathPrefix = '/', ...request }) => {
      const listed = roles.list().filter(({ path }) => path.startsWith(PathPrefix))
      const { items, ...page } = listPage('roles', listed, ({ name }) => name, request)
      return { ...page, Roles: items.map(format) }
    },
    UpdateAssumeRolePolicy: ({ RoleName, PolicyDocument: trustDocument }) => {
      const role = named(RoleName)
      checkTrust(trustDocument)
      roles.put({ ...role, trustDocument })
      return {}
    },
    DeleteRole: ({ RoleName }) => {
      const { name, policies } = named(RoleName)
      if (Object.keys(policies).length > 0) {
        throw new AwsError('DeleteConflictException', 'Cannot delete entity, must delete policies first.')
      }
      roles.delete(name)
      return {}
    },
    PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument: text }) => {
      const role = named(RoleName)
      checkDocument(text)
      const policies = { ...role.policies, [PolicyName]: text }
      const size = policyDocumentSize(Object.values(policies).join(''))
      if (size > MAX_INLINE_CHARACTERS) {
        throw limitExceeded(`Maximum policy size of ${MAX_INLINE_CHARACTERS} bytes exceeded for role ${role.name}`)
      }
      roles.put({ ...role, policies })
      return {}
    },
    GetRolePolicy: ({ RoleName, PolicyName }) => {
      const { role, text } = policyOf(RoleName, PolicyName)
      return { RoleName: role.name, PolicyName, PolicyDocument: encodeURIComponent(text) }
    },
    DeleteRolePolicy: ({ RoleName, PolicyName }) => {
      const { role } = policyOf(RoleName, PolicyName)
      const policies = Object.fromEntries(Object.entries(role.policies).filter(([name]) => name !== PolicyName))
      roles.put({ ...role, policies })
      return {}
    },
    ListRolePolicies: ({ RoleName, ...request }) => {
      const names = Object.keys(named(RoleName).policies)
      const { items, ...page } = listPage(`policies of ${RoleName}`, names, (name) => name, request)
      return { ...page, PolicyNames: items }
    },
    ListAttachedRolePolicies: ({ RoleName, ...request }) => {
      named(RoleName)
      const { items, ...page } = listPage('attached policies', NONE, (name) => name, request)
      return { ...page, AttachedPolicies: items } // managed policies cannot be attached here
    },
    ListInstanceProfilesForRole: ({ RoleName, ...request }) => {
      named(RoleName)
      const { items, ...page } = listPage('instance profiles', NONE, (name) => name, request)
      return { ...page, InstanceProfiles: items }
    },
  } satisfies Handlers<typeof sdk, unknown>
}

function format(role: Role) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAtMs),
    AssumeRolePolicyDocument: encodeURIComponent(role.trustDocument),
    Description: role.description === '' ? undefined : role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
  }
}

function checkTrust(text: string): void {
  if (policyDocumentSize(text) > MAX_TRUST_CHARACTERS) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${MAX_TRUST_CHARACTERS}`)
  }
  const { statements } = checkDocument(text)
  if (statements.every(({ principals }) => principals !== undefined)) return
  throw new AwsError('MalformedPolicyDocumentException', 'A trust policy needs a Principal in every statement')
}

function checkDocument(text: string) {
  try {
    return parsePolicyDocument(text, { dialect: 'iam' })
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error
    const where = `at line ${error.line}, column ${error.column}`
    throw new AwsError('MalformedPolicyDocumentException', `${error.message} (${where})`)
  }
}

const invalid = (message: string): AwsError => new AwsError('ValidationError', message)

const limitExceeded = (message: string): AwsError => new AwsError('LimitExceededException', message)
