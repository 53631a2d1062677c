import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { withoutRuleSecrets } from '@thingdeck/contract'
import { useMemo } from 'react'
import { recordOf } from '../../../shared/form/pairs-field.tsx'
import { CopyText } from '../../../shared/ui/copy-text.tsx'
import { asCdk } from './exports/cdk.ts'
import { asCli } from './exports/cli.ts'
import { asCloudFormation } from './exports/cloudformation.ts'
import type { ExportedRule, RuleExport } from './exports/exported-rule.ts'
import { asTerraform } from './exports/terraform.ts'
import { JsonOfRule } from './json-of-rule.tsx'
import { hasHiddenSecrets, payloadOf, type RuleValues } from './rule-values.ts'

interface ExportsSectionProps {
  readonly values: RuleValues
  readonly onChange: (changed: Partial<RuleValues>) => void
  readonly isReplacement: boolean
}

const TOOLS: readonly {
  readonly id: string
  readonly label: string
  readonly make: (rule: ExportedRule) => RuleExport
}[] = [
  { id: 'cli', label: 'AWS CLI', make: asCli },
  { id: 'cloudformation', label: 'CloudFormation', make: asCloudFormation },
  { id: 'terraform', label: 'Terraform', make: asTerraform },
  { id: 'cdk', label: 'CDK', make: asCdk },
]

/** The same rule as JSON, which can be written, and for other tools, to be copied. */
export function ExportsSection({ values, onChange, isReplacement }: ExportsSectionProps) {
  const rule = useMemo(() => {
    const payload = withoutRuleSecrets(payloadOf(values))
    return { ruleName: values.ruleName || 'my_rule', payload, tags: recordOf(values.tags), isReplacement }
  }, [values, isReplacement])
  return (
    <ExpandableSection
      variant="container"
      headerText="As JSON and for other tools"
      headerDescription="The payload as AWS has it, and the same as a command or a resource to copy."
    >
      <Tabs
        tabs={[
          { id: 'json', label: 'JSON', content: <JsonOfRule values={values} onChange={onChange} /> },
          ...TOOLS.map(({ id, label, make }) => ({
            id,
            label,
            content: <Exported label={label} rule={rule} make={make} />,
          })),
        ]}
      />
    </ExpandableSection>
  )
}

interface ExportedProps {
  readonly label: string
  readonly rule: ExportedRule
  readonly make: (rule: ExportedRule) => RuleExport
}

function Exported({ label, rule, make }: ExportedProps) {
  const { text, lacks } = make(rule)
  return (
    <SpaceBetween size="s">
      {lacks.length > 0 && (
        <Alert type="warning">
          {label} has no words for {lacks.join('; ')}: left out here.
        </Alert>
      )}
      {hasHiddenSecrets(rule.payload) && (
        <Box color="text-body-secondary">Secrets are hidden: put them in yourself.</Box>
      )}
      <CopyText what={label} text={text} />
    </SpaceBetween>
  )
}
