import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { arnOf, type RuleHome } from '@thingdeck/rules-sql'
import { LambdaPermissionCommand } from '../../../shared/iot-roles/lambda-permission.tsx'

interface LambdaPermissionProps {
  readonly functionArn: string
  readonly ruleName: string
  readonly home: RuleHome
}

/** A function lets AWS IoT call it by a policy of its own, which the console does not write. */
export function LambdaPermission({ functionArn, ruleName, home }: LambdaPermissionProps) {
  const name = ruleName || 'RULE'
  return (
    <section aria-label={`Permission of ${functionArn}`}>
      <SpaceBetween size="xs">
        <Box variant="h3">{functionArn.split(':function:').at(-1)}</Box>
        <LambdaPermissionCommand
          functionArn={functionArn}
          user={{
            statementId: `iot-rule-${name}`,
            sourceArn: arnOf(home, 'iot', `rule/${name}`),
          }}
        >
          <Box color="text-body-secondary">
            A function has no role here: it has to let AWS IoT call it, for this rule and no other. Where it does not
            yet:
          </Box>
        </LambdaPermissionCommand>
      </SpaceBetween>
    </section>
  )
}
