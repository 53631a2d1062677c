import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  type Role,
} from '@aws-sdk/client-iam'
import {
  type BodyOf,
  type endpoints,
  IOT_ROLE_PATH,
  IOT_ROLE_POLICIES,
  IOT_ROLE_PURPOSES,
  type IotRole,
  type IotRoleList,
  type IotRolePermission,
  type IotRolePurpose,
} from '@thingdeck/contract'
import { PROVISIONING_ROLE_ACTIONS, provisioningTrust } from '@thingdeck/provisioning'
import {
  permissionPolicy,
  permissionStatements,
  RULE_ROLE_ACTIONS,
  type RuleHome,
  ruleTrust,
} from '@thingdeck/rules-sql'
import { lookThroughRoles } from '../../aws/look-through-roles.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import { Problem } from '../../problem.ts'
import { isOfConsole, trustOf } from './role-trust.ts'

/** A document of IAM's, as the audit trail has it. */
type Document = object

/** What roles for a purpose may be told to do, by which inline policy, and what is said of them. */
const PURPOSES: Readonly<
  Record<
    IotRolePurpose,
    {
      readonly actions: readonly string[]
      readonly trust: (home: RuleHome) => Document
      readonly policyName: string
      readonly description: string
      readonly what: string
    }
  >
> = {
  rule: {
    actions: RULE_ROLE_ACTIONS,
    trust: ruleTrust,
    policyName: IOT_ROLE_POLICIES.rule,
    description: 'What AWS IoT rules act with, made in Thingdeck',
    what: 'rules do',
  },
  provisioning: {
    actions: PROVISIONING_ROLE_ACTIONS,
    trust: ({ accountId }) => provisioningTrust(accountId),
    policyName: IOT_ROLE_POLICIES.provisioning,
    description: 'What AWS IoT provisions devices with, made in Thingdeck',
    what: 'provisioning does',
  },
}

/** Roles for AWS IoT. Errors are AWS's own, but for {@link Problem}s. */
export interface IotRoles {
  /** Those that trust AWS IoT, of the first roles that there are. */
  list(): Promise<IotRoleList>
  create(
    role: BodyOf<typeof endpoints.createIotRole>,
  ): Promise<{ readonly role: IotRole; readonly documents: { readonly trust: Document; readonly policy: Document } }>
  /** @throws {Problem} NOT_FOUND for a role that the console did not make */
  allow(
    roleName: string,
    more: BodyOf<typeof endpoints.allowIotRole>,
  ): Promise<{ readonly role: IotRole; readonly before: Document | undefined; readonly after: Document }>
}

/** @param boundary ARN of the policy that bounds what each role may that is made here */
export function createIotRoles(iam: IAMClient, home: RuleHome, boundary?: string): IotRoles {
  const put = (RoleName: string, purpose: IotRolePurpose, document: Document) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: PURPOSES[purpose].policyName,
        PolicyDocument: JSON.stringify(document),
      }),
    )
  return {
    async list() {
      const { found, isAll } = await lookThroughRoles(iam)
      return {
        roles: found.filter((role) => isTrusting(role, home)).map(formatRole),
        looked: found.length,
        isAll,
        ...(boundary !== undefined && { boundary }),
      }
    },

    async create({ purpose, roleName: RoleName, permissions }) {
      mustBeFor(purpose, permissions)
      const documents = {
        trust: PURPOSES[purpose].trust(home),
        policy: permissionPolicy(permissionStatements(permissions)),
      }
      const { Role } = await iam.send(
        new CreateRoleCommand({
          RoleName,
          Path: IOT_ROLE_PATH,
          Description: PURPOSES[purpose].description,
          AssumeRolePolicyDocument: JSON.stringify(documents.trust),
          ...(boundary !== undefined && { PermissionsBoundary: boundary }),
        }),
      )
      try {
        await put(RoleName, purpose, documents.policy)
      } catch (error) {
        // A role that may nothing would only be in the way of the next try.
        await iam.send(new DeleteRoleCommand({ RoleName })).catch(() => {})
        throw error
      }
      return { role: formatRole(Role), documents }
    },

    async allow(roleName, { purpose, permissions }) {
      mustBeFor(purpose, permissions)
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }))
      if (!Role || !isOfConsole(Role, home, { purpose })) {
        throw new Problem('NOT_FOUND', `The console has made no role ${roleName}: it changes only its own.`)
      }
      const before = await ownPolicy(iam, roleName, purpose)
      const after = permissionPolicy([...statementsOf(before), ...permissionStatements(permissions)])
      await put(roleName, purpose, after)
      return { role: formatRole(Role), before, after }
    },
  }
}

/** Of rules or of templates: a trust policy may name either alone. */
const isTrusting = (role: Role, home: RuleHome): boolean =>
  IOT_ROLE_PURPOSES.some((purpose) => trustOf(role, home, { purpose }).decision === 'ALLOWED')

/** @throws {Problem} BAD_REQUEST for what nothing of this purpose needs */
function mustBeFor(purpose: IotRolePurpose, permissions: readonly IotRolePermission[]): void {
  const { actions, what } = PURPOSES[purpose]
  const other = permissions.find(({ action }) => !actions.includes(action))
  if (other) throw new Problem('BAD_REQUEST', `${other.action} is nothing that ${what}: ${actions.join(', ')}.`)
}

async function ownPolicy(iam: IAMClient, RoleName: string, purpose: IotRolePurpose): Promise<Document | undefined> {
  const found = await unlessGone(
    iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: PURPOSES[purpose].policyName })),
  )
  if (!found) return undefined
  const document: unknown = JSON.parse(decodeURIComponent(found.PolicyDocument ?? ''))
  return typeof document === 'object' && document !== null ? document : undefined
}

function statementsOf(document: Document | undefined): readonly unknown[] {
  const statement: unknown = document && 'Statement' in document ? document.Statement : []
  return Array.isArray(statement) ? statement : [statement]
}

const formatRole = ({ RoleName = '', Arn = '', Description }: Role = {} as Role): IotRole => ({
  roleName: RoleName,
  roleArn: Arn,
  ...(Description && { description: Description }),
})
