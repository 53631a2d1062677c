import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Policy } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { DocumentDiff } from '../../../shared/diff/document-diff.tsx'
import { ApiError } from '../../../shared/http.ts'
import { PolicyEditor } from '../../../shared/policy-editor/policy-editor.tsx'
import { usePolicyFindings } from '../../../shared/policy-editor/use-policy-findings.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { newestOf } from '../policy-steps.ts'
import { usePolicyAudience } from '../use-policy-audience.ts'
import { type PolicyDraft, usePolicyDraft } from '../use-policy-draft.ts'
import { SaveVersionDialog } from './save-version-dialog.tsx'

/** The draft of the policy's next version. */
export function EditTab({ policy }: { readonly policy: Policy }) {
  const { policyName, defaultVersionId } = policy
  const draft = usePolicyDraft(policy)
  const { text, base, isChanged } = draft
  const audience = usePolicyAudience(policyName)
  const { findings, isValid } = usePolicyFindings(text, audience)
  const [refusal, setRefusal] = useState<Error>()
  const [isSaving, setSaving] = useState(false)
  const wrong = findings.find(({ severity }) => severity === 'error')
  return (
    <SpaceBetween size="m">
      <ChangedMeanwhile policy={policy} draft={draft} />
      {refusal && !isMalformed(refusal) && <ErrorAlert error={refusal} what="The version was not saved" />}
      <Container
        header={
          <Header
            variant="h2"
            description={
              isChanged
                ? `A draft, made from version ${base.defaultVersionId}. It is kept in this tab until it is saved or discarded.`
                : `What version ${defaultVersionId} says, the default. A change becomes a draft.`
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!isChanged} onClick={draft.discard}>
                  Discard draft
                </Button>
                <ActionButton
                  id="save"
                  text="Save new version"
                  isPrimary
                  needs="admin"
                  whyNot={
                    !isChanged
                      ? `It says what version ${base.defaultVersionId} says.`
                      : draft.changed !== undefined
                        ? 'The policy was changed meanwhile: see above.'
                        : isValid
                          ? undefined
                          : `AWS would refuse it: ${wrong?.words ?? 'the document is empty.'}`
                  }
                  onAction={() => setSaving(true)}
                />
              </SpaceBetween>
            }
          >
            Draft
          </Header>
        }
      >
        <PolicyEditor
          label={`Draft of ${policyName}`}
          value={text}
          audience={audience}
          refusal={refusal && isMalformed(refusal) ? refusal.message : undefined}
          onChange={(next) => {
            setRefusal(undefined)
            draft.write(next)
          }}
        />
      </Container>
      {isChanged && (
        <ExpandableSection
          variant="container"
          defaultExpanded
          headerText={`Changes from version ${base.defaultVersionId}`}
        >
          <DocumentDiff names={[`version ${base.defaultVersionId}`, 'the draft']} before={base.document} after={text} />
        </ExpandableSection>
      )}
      {isSaving && (
        <SaveVersionDialog policy={policy} draft={draft} onRefused={setRefusal} onClose={() => setSaving(false)} />
      )}
    </SpaceBetween>
  )
}

/** It is about the document, and said there. */
const isMalformed = (error: Error): boolean => error instanceof ApiError && error.code === 'MalformedPolicyException'

/** Somebody else was faster: what they did, and how to go on. */
function ChangedMeanwhile({ policy, draft }: { readonly policy: Policy; readonly draft: PolicyDraft }) {
  const { base, changed, merged, text, rebase, discard } = draft
  if (changed === undefined) return null
  if (changed === 'newer') {
    return (
      <Alert
        type="warning"
        header={`Version ${newestOf(policy)} was made meanwhile`}
        action={<Button onClick={() => rebase(text)}>Go on with the draft</Button>}
      >
        It is not the default: the draft still begins with what decides. Look at it under Versions first.
      </Alert>
    )
  }
  return (
    <Alert
      type="warning"
      header={`Version ${policy.defaultVersionId} became the default meanwhile`}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {merged !== undefined && <Button onClick={() => rebase(merged)}>Merge both changes</Button>}
          <Button onClick={() => rebase(text)}>Keep the draft as it is</Button>
          <Button onClick={discard}>Discard draft</Button>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="s">
        <div>
          {merged === undefined
            ? `Both changed the same lines since version ${base.defaultVersionId}: kept as it is, the draft undoes what is shown here.`
            : `Since version ${base.defaultVersionId} that changed what is shown here; your changes are to other lines.`}
        </div>
        <DocumentDiff
          names={[`version ${base.defaultVersionId}`, `version ${policy.defaultVersionId}`]}
          before={base.document}
          after={policy.policyDocument}
        />
      </SpaceBetween>
    </Alert>
  )
}
