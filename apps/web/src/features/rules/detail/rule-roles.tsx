import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { allRuleActions, type Rule } from '@thingdeck/contract'
import type { RuleHome } from '@thingdeck/rules-sql'
import { useMemo } from 'react'
import { RoleReport } from '../../../shared/iot-roles/role-report.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { readAction } from '../actions/actions.ts'
import { LambdaPermission } from '../builder/lambda-permission.tsx'
import { roleNeedsOf } from '../builder/role-needs.ts'

/** On whose right a rule acts: its roles, what each needs and may, and functions that have to let AWS IoT call them. */
export function RuleRoles({ rule }: { readonly rule: Rule }) {
  const { ruleArn, ruleName, payload } = rule
  const { home, roles, functions } = useMemo(() => {
    const actions = allRuleActions(payload).flatMap((action) => {
      const read = readAction(action)
      return read ? [{ name: read.description.name, settings: read.settings }] : []
    })
    const at = homeOf(ruleArn)
    return { home: at, ...roleNeedsOf(actions, payload.sql, at) }
  }, [ruleArn, payload])
  if (roles.length === 0 && functions.length === 0) return null
  return (
    <Container
      header={
        <Header variant="h2" description="AWS IoT does what actions say on the right of a role of this account.">
          Permissions
        </Header>
      }
    >
      <SpaceBetween size="m">
        {roles.map((needs) => (
          <SpaceBetween key={needs.roleArn} size="xxs">
            <RoleReport needs={needs} user={{ purpose: 'rule', name: ruleName }} />
            <Copyable what="ARN of the role" text={needs.roleArn} />
          </SpaceBetween>
        ))}
        {functions.map((functionArn) => (
          <LambdaPermission key={functionArn} functionArn={functionArn} ruleName={ruleName} home={home} />
        ))}
      </SpaceBetween>
    </Container>
  )
}

/** Where a rule is, of its ARN: `arn:aws:iot:REGION:ACCOUNT:rule/NAME`. */
function homeOf(ruleArn: string): RuleHome {
  const [, partition = 'aws', , region = '', accountId = ''] = ruleArn.split(':')
  return { partition, region, accountId }
}
