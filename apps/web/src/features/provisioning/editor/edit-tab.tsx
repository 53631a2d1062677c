import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ProvisioningTemplateDetail } from '@thingdeck/contract'
import { useMemo, useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { DocumentDiff } from '../../../shared/diff/document-diff.tsx'
import { paths } from '../../../shared/paths.ts'
import { formatDocument, isSameDocument } from '../../../shared/policy-editor/document-text.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { SaveVersionDialog } from './save-version-dialog.tsx'
import { keepTemplateDraft, readTemplateDraft, type TemplateDraft } from './template-drafts.ts'
import { TemplateEditor } from './template-editor.tsx'
import { templateProblems } from './template-problems.ts'

/** The draft of a template's next version. */
export function EditTab({ template }: { readonly template: ProvisioningTemplateDetail }) {
  const { templateName, templateBody, defaultVersionId, type } = template
  const [kept, setKept] = useState(() => readTemplateDraft(templateName))
  const [refusal, setRefusal] = useState<Error>()
  const [isSaving, setSaving] = useState(false)
  const put = (draft: TemplateDraft | undefined) => {
    keepTemplateDraft(templateName, draft)
    setKept(draft)
    setRefusal(undefined)
  }
  const text = kept?.text ?? formatDocument(templateBody)
  const isChanged = kept !== undefined && !isSameDocument(kept.text, templateBody)
  const isOutdated = kept !== undefined && kept.baseVersionId !== defaultVersionId
  const wrong = useMemo(() => templateProblems(type)(text).find(({ severity }) => severity === 'error'), [type, text])
  return (
    <SpaceBetween size="m">
      {isOutdated && (
        <Alert
          type="warning"
          header={`Version ${defaultVersionId} became the default meanwhile`}
          action={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => put({ text, baseVersionId: defaultVersionId })}>Keep the draft as it is</Button>
              <Button onClick={() => put(undefined)}>Discard draft</Button>
            </SpaceBetween>
          }
        >
          {`The draft was made from version ${kept.baseVersionId}: kept as it is, it undoes what differs below.`}
        </Alert>
      )}
      {refusal && <ErrorAlert error={refusal} what="The version was not saved" />}
      <Container
        header={
          <Header
            variant="h2"
            description={
              isChanged
                ? `A draft, made from version ${kept.baseVersionId}. It is kept in this tab until it is saved or discarded.`
                : `What version ${defaultVersionId} says, the default. A change becomes a draft.`
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!isChanged} onClick={() => put(undefined)}>
                  Discard draft
                </Button>
                <Button href={paths.provisioningTemplate(templateName, { tab: 'rehearsal' })}>
                  Rehearse the draft
                </Button>
                <ActionButton
                  id="save"
                  text="Save new version"
                  isPrimary
                  needs="admin"
                  whyNot={
                    !isChanged
                      ? `It says what version ${defaultVersionId} says.`
                      : isOutdated
                        ? 'Another version became the default meanwhile: see above.'
                        : wrong && `AWS would refuse it: ${wrong.message}`
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
        <TemplateEditor
          label={`Draft of ${templateName}`}
          type={type}
          value={text}
          onChange={(next) => put({ text: next, baseVersionId: kept?.baseVersionId ?? defaultVersionId })}
        />
      </Container>
      {isChanged && (
        <ExpandableSection variant="container" defaultExpanded headerText={`Changes from version ${defaultVersionId}`}>
          <DocumentDiff names={[`version ${defaultVersionId}`, 'the draft']} before={templateBody} after={text} />
        </ExpandableSection>
      )}
      {isSaving && (
        <SaveVersionDialog
          template={template}
          text={text}
          onRefused={setRefusal}
          onSaved={() => put(undefined)}
          onClose={() => setSaving(false)}
        />
      )}
    </SpaceBetween>
  )
}
