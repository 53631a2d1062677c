import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { useSession } from '../../../shared/session/session.tsx'
import { reportingPolicy, reportingTrust } from './reporting-policies.ts'

/** The least that the role needs, to be copied. */
export function ReportingRole({ roleArn }: { readonly roleArn: string | undefined }) {
  const { account, region } = useSession()
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What the role has to be, and no more. The console makes no such role: it belongs to whoever looks after IAM."
        >
          {roleArn === undefined ? 'The role that it takes' : 'What the role needs'}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <FormField label="Trust policy" stretch>
          <JsonEditor
            label="Trust policy"
            text={JSON.stringify(reportingTrust(account), undefined, 2)}
            onChange={() => {}}
            readOnly
          />
        </FormField>
        <FormField label="Permission policy" stretch>
          <JsonEditor
            label="Permission policy"
            text={JSON.stringify(reportingPolicy(region, account), undefined, 2)}
            onChange={() => {}}
            readOnly
          />
        </FormField>
      </SpaceBetween>
    </Container>
  )
}
