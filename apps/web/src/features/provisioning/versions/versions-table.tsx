import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { useQueryClient } from '@tanstack/react-query'
import {
  MOST_TEMPLATE_VERSIONS,
  type ProvisioningTemplateDetail,
  type ProvisioningTemplateVersion,
} from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { versionColumns } from '../../../shared/diff/version-columns.tsx'
import { paths } from '../../../shared/paths.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { provisioningChanged } from '../api.ts'
import { deleteVersionStep, setDefaultStep } from '../template-steps.ts'
import { VersionDiff } from './version-diff.tsx'

type Asked = { readonly act: 'default' | 'delete'; readonly versionId: number }

/** The versions that AWS keeps, and which one decides. */
export function VersionsTable({ template }: { readonly template: ProvisioningTemplateDetail }) {
  const { templateName, versions } = template
  const [asked, setAsked] = useState<Asked>()
  const actionsOf = ({ versionId, isDefault }: ProvisioningTemplateVersion): readonly Action[] => [
    {
      id: 'compare',
      text: 'Compare with default',
      href: paths.provisioningTemplate(templateName, { version: String(versionId) }),
      whyNot: isDefault ? 'It is the default version.' : undefined,
    },
    {
      id: 'rehearse',
      text: 'Rehearse',
      href: paths.provisioningTemplate(templateName, { tab: 'rehearsal', version: String(versionId) }),
    },
    {
      id: 'default',
      text: 'Set as default',
      needs: 'admin',
      whyNot: isDefault ? 'It is the default version.' : undefined,
      onAction: () => setAsked({ act: 'default', versionId }),
    },
    {
      id: 'delete',
      text: 'Delete version',
      needs: 'admin',
      whyNot: isDefault ? 'AWS deletes no default version: make another one the default first.' : undefined,
      onAction: () => setAsked({ act: 'delete', versionId }),
    },
  ]
  return (
    <>
      <Table
        variant="container"
        ariaLabels={{ tableLabel: 'Versions' }}
        items={versions}
        trackBy={({ versionId }) => String(versionId)}
        header={
          <Header
            variant="h2"
            counter={`(${versions.length} of ${MOST_TEMPLATE_VERSIONS})`}
            description={roomWords(versions.length)}
          >
            Versions
          </Header>
        }
        columnDefinitions={versionColumns(actionsOf)}
      />
      {asked && <VersionDialog template={template} asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

interface VersionDialogProps {
  readonly template: ProvisioningTemplateDetail
  readonly asked: Asked
  readonly onClose: () => void
}

function VersionDialog({ template, asked: { act, versionId }, onClose }: VersionDialogProps) {
  const { templateName, defaultVersionId } = template
  const client = useQueryClient()
  const onChange = () => void provisioningChanged(client)
  if (act === 'delete') {
    const title = `Delete version ${versionId} of ${templateName}`
    return (
      <PlanDialog
        header={title}
        action="Delete version"
        plan={{
          id: `delete version ${versionId} of provisioning template ${templateName}`,
          title,
          done: `Version ${versionId} of ${templateName} was deleted`,
          steps: [deleteVersionStep(templateName, versionId)],
          onChange,
        }}
        consequences={[
          'No device is provisioned otherwise by it: another version is the default.',
          'Undo makes a version of the same text, under a new number: AWS gives no number twice.',
        ]}
        onClose={onClose}
      />
    )
  }
  const title = `Make version ${versionId} of ${templateName} the default`
  return (
    <PlanDialog
      size="large"
      header={title}
      action="Set as default"
      plan={{
        id: `default of provisioning template ${templateName}`,
        title,
        done: `Version ${versionId} of ${templateName} is the default`,
        steps: [setDefaultStep(template, versionId)],
        onChange,
      }}
      consequences={[
        `Devices that come from now on are provisioned by it, in place of version ${defaultVersionId}, which stays; undo makes that the default again.`,
        'Those that were provisioned before stay as they are.',
      ]}
      onClose={onClose}
    >
      <VersionDiff templateName={templateName} from={defaultVersionId} to={versionId} />
    </PlanDialog>
  )
}

function roomWords(count: number): string {
  const left = MOST_TEMPLATE_VERSIONS - count
  const room =
    left > 0
      ? `${left} more can be saved.`
      : 'There is no room: saving another one deletes the oldest that is not the default, which is said before.'
  return `AWS keeps ${MOST_TEMPLATE_VERSIONS} versions of a template. ${room}`
}
