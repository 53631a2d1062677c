import { AwsError } from '@thingdeck/aws-api'
import { MalformedPolicyError, parsePolicyDocument, policyDocumentSize } from '@thingdeck/policies'
import type { QueryInput, QueryOperations, QueryValue } from '../../foundation/query-api.ts'
import type { Role } from '../../foundation/roles.ts'
import type { RoleStore } from './role-store.ts'

const ROLE_NAME = /^[\w+=,.@-]{1,64}$/
const POLICY_NAME = /^[\w+=,.@-]{1,128}$/
const MAX_TRUST_CHARACTERS = 2048
/** All inline policies of a role together, not counting white space. */
const MAX_INLINE_CHARACTERS = 10_240

/**
 * Roles with inline policies: what devices' role aliases and sessions need of IAM. Managed policies and users are not
 * served.
 * @see AWS Identity and Access Management API reference
 */
export function iamOperations(roles: RoleStore): QueryOperations {
  const named = (input: QueryInput): Role => {
    const name = input.required('RoleName')
    const role = roles.find(name)
    if (!role) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`)
    return role
  }
  const policyOf = (input: QueryInput): { role: Role; policyName: string; text: string } => {
    const role = named(input)
    const policyName = input.required('PolicyName')
    const text = Object.hasOwn(role.policies, policyName) ? role.policies[policyName] : undefined
    if (text !== undefined) return { role, policyName, text }
    throw new AwsError('NoSuchEntity', `The role policy with name ${policyName} cannot be found.`)
  }
  return {
    CreateRole: (input) => {
      input.refuse('PermissionsBoundary')
      const name = input.required('RoleName')
      const trustDocument = input.required('AssumeRolePolicyDocument')
      if (!ROLE_NAME.test(name)) throw new AwsError('ValidationError', `The role name ${name} is not valid`)
      if ((input.optional('Path') ?? '/') !== '/') throw new AwsError('ValidationError', 'The only Path here is /')
      checkTrust(trustDocument)
      const maxSessionSeconds = input.integer('MaxSessionDuration', 3600, 43_200)
      if (roles.find(name)) throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`)
      const description = input.optional('Description')
      const role = roles.put({
        name,
        trustDocument,
        policies: {},
        tags: input.tags(),
        ...(maxSessionSeconds !== undefined && { maxSessionSeconds }),
        ...(description !== undefined && { description }),
      })
      return { Role: format(role) }
    },
    GetRole: (input) => ({ Role: format(named(input)) }),
    ListRoles: () => ({ Roles: roles.list().map(format), IsTruncated: false }),
    UpdateAssumeRolePolicy: (input) => {
      const role = named(input)
      const trustDocument = input.required('PolicyDocument')
      checkTrust(trustDocument)
      roles.put({ ...role, trustDocument })
      return undefined
    },
    DeleteRole: (input) => {
      const { name, policies } = named(input)
      if (Object.keys(policies).length > 0) {
        throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.')
      }
      roles.delete(name)
      return undefined
    },
    PutRolePolicy: (input) => {
      const role = named(input)
      const policyName = input.required('PolicyName')
      const text = input.required('PolicyDocument')
      if (!POLICY_NAME.test(policyName)) throw new AwsError('ValidationError', 'The policy name is not valid')
      checkDocument(text)
      const policies = { ...role.policies, [policyName]: text }
      const size = policyDocumentSize(Object.values(policies).join(''))
      if (size > MAX_INLINE_CHARACTERS) {
        throw new AwsError(
          'LimitExceeded',
          `Maximum policy size of ${MAX_INLINE_CHARACTERS} bytes exceeded for role ${role.name}`,
        )
      }
      roles.put({ ...role, policies })
      return undefined
    },
    GetRolePolicy: (input) => {
      const { role, policyName, text } = policyOf(input)
      return { RoleName: role.name, PolicyName: policyName, PolicyDocument: encodeURIComponent(text) }
    },
    DeleteRolePolicy: (input) => {
      const { role, policyName } = policyOf(input)
      const policies = Object.fromEntries(Object.entries(role.policies).filter(([name]) => name !== policyName))
      roles.put({ ...role, policies })
      return undefined
    },
    ListRolePolicies: (input) => ({ PolicyNames: Object.keys(named(input).policies), IsTruncated: false }),
    ListAttachedRolePolicies: (input) => {
      named(input)
      return { AttachedPolicies: [], IsTruncated: false } // managed policies cannot be attached here
    },
    ListInstanceProfilesForRole: (input) => {
      named(input)
      return { InstanceProfiles: [], IsTruncated: false }
    },
  }
}

function format(role: Role): QueryValue {
  return {
    Path: '/',
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
    throw new AwsError('LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${MAX_TRUST_CHARACTERS}`)
  }
  const { statements } = checkDocument(text)
  if (statements.every(({ principals }) => principals !== undefined)) return
  throw new AwsError('MalformedPolicyDocument', 'A trust policy needs a Principal in every statement')
}

function checkDocument(text: string) {
  try {
    return parsePolicyDocument(text, { dialect: 'iam' })
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error
    throw new AwsError('MalformedPolicyDocument', `${error.message} (at line ${error.line}, column ${error.column})`)
  }
}
