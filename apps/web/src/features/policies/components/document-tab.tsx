import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Policy } from '@thingdeck/contract'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { paths } from '../../../shared/paths.ts'
import { formatDocument } from '../../../shared/policy-editor/document-text.ts'
import { PolicyEditor } from '../../../shared/policy-editor/policy-editor.tsx'
import { PolicyFacts } from './policy-facts.tsx'

/** What decides now: the document of the default version, with what should be known of it. */
export function DocumentTab({ policy }: { readonly policy: Policy }) {
  const { policyName, policyDocument, defaultVersionId } = policy
  return (
    <SpaceBetween size="m">
      <Container>
        <PolicyFacts policy={policy} />
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            description={`Version ${defaultVersionId} decides, wherever the policy is attached.`}
            actions={
              <ActionButton id="edit" text="Edit policy" needs="admin" isPrimary href={paths.editPolicy(policyName)} />
            }
          >
            Document
          </Header>
        }
      >
        <PolicyEditor
          readOnly
          label={`Document of version ${defaultVersionId}`}
          value={formatDocument(policyDocument)}
          onChange={() => {}}
        />
      </Container>
    </SpaceBetween>
  )
}
