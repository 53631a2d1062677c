import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  type Role,
} from '@aws-sdk/client-iam'
import {
  type BodyOf,
  type endpoints,
  RULE_ROLE_PATH,
  type RuleRole,
  type RuleRoleList,
  type RuleRolePermission,
} from '@thingdeck/contract'
import {
  permissionPolicy,
  permissionStatements,
  RULE_ROLE_ACTIONS,
  type RuleHome,
  ruleTrust,
} from '@thingdeck/rules-sql'
import { unlessGone } from '../../aws/unless-gone.ts'
import { Problem } from '../../problem.ts'
import { isForRules, trustOf } from './role-trust.ts'

/** The most that IAM gives at once (IAM API reference, ListRoles), and how many of that are looked through. */
const PAGE = 1_000
const MOST_PAGES = 3

/** The inline policy that the console writes, of roles that it made. */
const POLICY_NAME = 'thingdeck-rules'

/** A document of IAM's, as the audit trail has it. */
type Document = object

/** Roles for rules. Errors are AWS's own, but for {@link Problem}s. */
export interface RuleRoles {
  /** Those that trust AWS IoT, of the first roles that there are. */
  list(): Promise<RuleRoleList>
  create(
    role: BodyOf<typeof endpoints.createRuleRole>,
  ): Promise<{ readonly role: RuleRole; readonly documents: { readonly trust: Document; readonly policy: Document } }>
  /** @throws {Problem} NOT_FOUND for a role that the console did not make */
  allow(
    roleName: string,
    permissions: readonly RuleRolePermission[],
  ): Promise<{ readonly role: RuleRole; readonly before: Document | undefined; readonly after: Document }>
}

export function createRuleRoles(iam: IAMClient, home: RuleHome): RuleRoles {
  const put = (RoleName: string, document: Document) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME, PolicyDocument: JSON.stringify(document) }))
  return {
    async list() {
      const found: Role[] = []
      let Marker: string | undefined
      let isAll = false
      for (let pages = 0; pages < MOST_PAGES && !isAll; pages += 1) {
        const page = await iam.send(new ListRolesCommand({ MaxItems: PAGE, ...(Marker !== undefined && { Marker }) }))
        found.push(...(page.Roles ?? []))
        Marker = page.Marker
        isAll = page.IsTruncated !== true
      }
      return {
        roles: found.filter((role) => trustOf(role, home).decision === 'ALLOWED').map(formatRole),
        looked: found.length,
        isAll,
      }
    },

    async create({ roleName: RoleName, permissions }) {
      mustBeOfRules(permissions)
      const documents = { trust: ruleTrust(home), policy: permissionPolicy(permissionStatements(permissions)) }
      const { Role } = await iam.send(
        new CreateRoleCommand({
          RoleName,
          Path: RULE_ROLE_PATH,
          Description: 'What AWS IoT rules act with, made in Thingdeck',
          AssumeRolePolicyDocument: JSON.stringify(documents.trust),
        }),
      )
      try {
        await put(RoleName, documents.policy)
      } catch (error) {
        // A role that may nothing would only be in the way of the next try.
        await iam.send(new DeleteRoleCommand({ RoleName })).catch(() => {})
        throw error
      }
      return { role: formatRole(Role), documents }
    },

    async allow(roleName, permissions) {
      mustBeOfRules(permissions)
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }))
      if (!Role || !isForRules(Role, home)) {
        throw new Problem('NOT_FOUND', `The console has made no role ${roleName}: it changes only its own.`)
      }
      const before = await ownPolicy(iam, roleName)
      const after = permissionPolicy([...statementsOf(before), ...permissionStatements(permissions)])
      await put(roleName, after)
      return { role: formatRole(Role), before, after }
    },
  }
}

/** @throws {Problem} BAD_REQUEST for what no rule needs */
function mustBeOfRules(permissions: readonly RuleRolePermission[]): void {
  const other = permissions.find(({ action }) => !RULE_ROLE_ACTIONS.some((each) => each === action))
  if (other)
    throw new Problem('BAD_REQUEST', `${other.action} is nothing that rules do: ${RULE_ROLE_ACTIONS.join(', ')}.`)
}

async function ownPolicy(iam: IAMClient, RoleName: string): Promise<Document | undefined> {
  const found = await unlessGone(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME })))
  if (!found) return undefined
  const document: unknown = JSON.parse(decodeURIComponent(found.PolicyDocument ?? ''))
  return typeof document === 'object' && document !== null ? document : undefined
}

function statementsOf(document: Document | undefined): readonly unknown[] {
  const statement: unknown = document && 'Statement' in document ? document.Statement : []
  return Array.isArray(statement) ? statement : [statement]
}

const formatRole = ({ RoleName = '', Arn = '', Description }: Role = {} as Role): RuleRole => ({
  roleName: RoleName,
  roleArn: Arn,
  ...(Description && { description: Description }),
})
