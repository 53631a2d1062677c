import { type RulePayload, withoutRuleSecrets } from '@thingdeck/contract'
import { lazy, Suspense } from 'react'
import { Loading } from '../../../shared/ui/loading.tsx'

const SideBySideView = lazy(() => import('../../../shared/editor/side-by-side-view.tsx'))

interface RuleDiffProps {
  readonly names: readonly [before: string, after: string]
  readonly before: RulePayload
  readonly after: RulePayload
}

/** Two rules beside each other, without their secrets. */
export const RuleDiff = ({ names, before, after }: RuleDiffProps) => (
  <Suspense fallback={<Loading what="comparison" />}>
    <SideBySideView labels={names} before={rulePayloadText(before)} after={rulePayloadText(after)} />
  </Suspense>
)

/** A rule as text, a line of SQL a line: what changed in one is seen. */
function rulePayloadText(payload: RulePayload): string {
  const { sql, description, awsIotSqlVersion, ruleDisabled = false, actions, errorAction } = withoutRuleSecrets(payload)
  return [
    sql,
    '',
    JSON.stringify({ description, awsIotSqlVersion, ruleDisabled, actions, errorAction }, undefined, 2),
  ].join('\n')
}
