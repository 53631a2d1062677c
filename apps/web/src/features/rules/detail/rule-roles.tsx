import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Rule, RuleAction } from '@thingdeck/contract'
import { actionPermissions, functionPermissions, type RulePermission, withPatterns } from '@thingdeck/rules-sql'
import { visible } from '../../../shared/text/visible.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { readAction } from '../actions/actions.ts'

/** The roles that a rule acts with, and what each has to be allowed for that. */
export function RuleRoles({ rule }: { readonly rule: Rule }) {
  const needs = needsByRole(rule)
  if (needs.size === 0) return null
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What the rule does is done with these. Each has to trust iot.amazonaws.com, and to be allowed what is listed."
        >
          {needs.size === 1 ? 'Role' : 'Roles'}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {[...needs].map(([roleArn, permissions]) => (
          <div key={roleArn}>
            <Copyable what="ARN of the role" text={roleArn} />
            <ul className="td-plain-list">
              {permissions.map(({ action, resource }) => (
                <li key={`${action} ${resource}`} className="td-mono">
                  {action} <span className="td-weak">on {visible(resource)}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </SpaceBetween>
    </Container>
  )
}

function needsByRole({ ruleArn, payload }: Rule): ReadonlyMap<string, readonly RulePermission[]> {
  const [, partition = 'aws', , region = '', accountId = ''] = ruleArn.split(':')
  const home = { partition, region, accountId }
  const needs = new Map<string, readonly RulePermission[]>()
  const add = (roleArn: string, permissions: readonly RulePermission[]) => {
    const all = [...(needs.get(roleArn) ?? []), ...permissions]
    needs.set(roleArn, [...new Map(all.map((each) => [`${each.action} ${each.resource}`, each])).values()])
  }
  for (const action of [...payload.actions, ...(payload.errorAction ? [payload.errorAction] : [])]) {
    const read = readAction(action)
    const roleArn = roleOf(action)
    if (read && roleArn !== undefined)
      add(roleArn, actionPermissions(read.description.name, withPatterns(read.settings), home))
  }
  for (const { roleArn, ...permission } of functionPermissions(payload.sql, home)) {
    if (roleArn !== undefined) add(roleArn, [permission])
  }
  return needs
}

/** The role that an action is done with; of HTTP, the one that signs. */
function roleOf(action: RuleAction): string | undefined {
  const [settings] = Object.values(action)
  if (!settings) return undefined
  if ('roleArn' in settings) return settings.roleArn
  return action.http?.auth?.sigv4?.roleArn
}
