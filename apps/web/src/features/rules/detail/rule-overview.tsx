import { type Rule, ruleActionName } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { Age } from '../../../shared/time.tsx'
import { RuleStatus } from '../list/columns.tsx'

export function RuleOverview({ rule }: { readonly rule: Rule }) {
  const { ruleArn, createdAt, payload } = rule
  return (
    <Facts
      facts={[
        { label: 'State', value: <RuleStatus isDisabled={payload.ruleDisabled === true} /> },
        { label: 'SQL', value: payload.sql },
        { label: 'SQL version', value: payload.awsIotSqlVersion ?? '2015-10-08' },
        { label: 'Actions', value: payload.actions.map(ruleActionName).join(', ') },
        createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
        { label: 'ARN', copy: ruleArn },
      ]}
    />
  )
}
