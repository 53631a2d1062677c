import Checkbox from '@cloudscape-design/components/checkbox'
import { useQueryClient } from '@tanstack/react-query'
import { MOST_TEMPLATE_VERSIONS, type ProvisioningTemplateDetail } from '@thingdeck/contract'
import { useState } from 'react'
import { DocumentDiff } from '../../../shared/diff/document-diff.tsx'
import { messageOf } from '../../../shared/message-of.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { provisioningChanged } from '../api.ts'
import { createVersionStep, deleteVersionStep } from '../template-steps.ts'

interface SaveVersionDialogProps {
  readonly template: ProvisioningTemplateDetail
  readonly text: string
  readonly onRefused: (error: Error) => void
  readonly onSaved: () => void
  readonly onClose: () => void
}

/** Saves a draft as a version: what changes is said before, and room is made where AWS keeps no more. */
export function SaveVersionDialog({ template, text, onRefused, onSaved, onClose }: SaveVersionDialogProps) {
  const { templateName, templateBody, defaultVersionId } = template
  const [setAsDefault, setDefault] = useState(true)
  const client = useQueryClient()
  const inTheWay = inTheWayOf(template)
  return (
    <PlanDialog
      size="large"
      header={`Save a new version of ${templateName}`}
      action="Save new version"
      plan={{
        id: `new version of provisioning template ${templateName}`,
        title: `Save a new version of ${templateName}`,
        done: setAsDefault
          ? `Devices are provisioned by a new version of ${templateName}`
          : `A new version of ${templateName} was saved`,
        steps: [
          ...(inTheWay === undefined ? [] : [deleteVersionStep(templateName, inTheWay)]),
          createVersionStep(template, { templateBody: text, setAsDefault }, (error) =>
            onRefused(error instanceof Error ? error : new Error(messageOf(error))),
          ),
        ],
        onChange: () => void provisioningChanged(client),
        onDone: onSaved,
      }}
      consequences={[
        ...(inTheWay === undefined
          ? []
          : [
              `Version ${inTheWay}, the oldest that is not the default, is deleted before: AWS keeps ${MOST_TEMPLATE_VERSIONS}.`,
            ]),
        setAsDefault
          ? `Devices that come from now on are provisioned by it, in place of version ${defaultVersionId}, which stays. Those that were provisioned before stay as they are.`
          : `Nothing changes for any device until it is made the default: version ${defaultVersionId} goes on deciding.`,
        'Undo makes the default what it was, and deletes the new version.',
      ]}
      onClose={onClose}
    >
      <Checkbox checked={setAsDefault} onChange={({ detail }) => setDefault(detail.checked)}>
        Make it the default version
      </Checkbox>
      <DocumentDiff names={[`version ${defaultVersionId}`, 'the draft']} before={templateBody} after={text} />
    </PlanDialog>
  )
}

/** The version that has to go first where there is no room; undefined: there is. */
function inTheWayOf({ versions }: ProvisioningTemplateDetail): number | undefined {
  if (versions.length < MOST_TEMPLATE_VERSIONS) return undefined
  return versions.findLast(({ isDefault }) => !isDefault)?.versionId
}
