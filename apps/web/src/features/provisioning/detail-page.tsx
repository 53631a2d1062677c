import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ProvisioningTemplateDetail } from '@thingdeck/contract'
import { useState } from 'react'
import { ResourceChanges } from '../../shared/changes/resource-changes.tsx'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import { PlanDialog } from '../../shared/plan/plan-dialog.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { ResourceTags } from '../../shared/tags/resource-tags.tsx'
import { PROVISIONING, provisioningChanged, templateQuery } from './api.ts'
import { ClaimsTab } from './claims/claims-tab.tsx'
import { TemplateState } from './components/template-state.tsx'
import { DevicesTab } from './devices/devices-tab.tsx'
import { EditTab } from './editor/edit-tab.tsx'
import { RehearsalTab } from './rehearsal/rehearsal-tab.tsx'
import type { ProvisioningTemplateSearch } from './search.ts'
import { SettingsTab } from './settings/settings-tab.tsx'
import { deleteTemplateSteps, enableStep } from './template-steps.ts'
import { TemplateTab } from './versions/template-tab.tsx'

interface ProvisioningTemplatePageProps extends SearchProps<ProvisioningTemplateSearch> {
  readonly templateName: string
}

type Act = 'enable' | 'disable' | 'delete'

export function ProvisioningTemplatePage({ templateName, search, setSearch }: ProvisioningTemplatePageProps) {
  const query = useQuery(templateQuery(templateName))
  const { data } = query
  const [act, setAct] = useState<Act>()
  const whyNot = data ? undefined : 'It was not read yet.'
  const switching = data?.enabled === true ? 'disable' : 'enable'
  return (
    <>
      <DetailsPage
        title={templateName}
        breadcrumbs={[
          { text: 'Provisioning', href: paths.provisioningTemplates() },
          { text: templateName, href: paths.provisioningTemplate(templateName) },
        ]}
        status={data && <TemplateState enabled={data.enabled} />}
        what="provisioning template"
        query={query}
        notFound={`There is no provisioning template named ${templateName}`}
        actions={[
          { id: 'delete', text: 'Delete template', needs: 'admin', onAction: () => setAct('delete'), whyNot },
          {
            id: 'switch',
            text: switching === 'disable' ? 'Disable template' : 'Enable template',
            needs: 'admin',
            onAction: () => setAct(switching),
            whyNot,
          },
        ]}
        tabs={[
          {
            id: 'template',
            label: 'Template',
            content: (template) => <TemplateTab template={template} search={search} setSearch={setSearch} />,
          },
          { id: 'edit', label: 'Edit', content: (template) => <EditTab template={template} /> },
          {
            id: 'rehearsal',
            label: 'Rehearsal',
            content: (template) => <RehearsalTab template={template} search={search} setSearch={setSearch} />,
          },
          { id: 'claims', label: 'Claims', content: (template) => <ClaimsTab template={template} /> },
          {
            id: 'devices',
            label: 'Provisioned lately',
            content: (template) => <DevicesTab template={template} search={search} setSearch={setSearch} />,
          },
          { id: 'settings', label: 'Role and hook', content: (template) => <SettingsTab template={template} /> },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ templateArn }) => (
              <ResourceTags resourceArn={templateArn} what={`the provisioning template ${templateName}`} />
            ),
          },
          {
            id: 'changes',
            label: 'Changes',
            content: <ResourceChanges type="provisioning-template" id={templateName} under={PROVISIONING} />,
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {act && data && <ActDialog act={act} template={data} onClose={() => setAct(undefined)} />}
    </>
  )
}

interface ActDialogProps {
  readonly act: Act
  readonly template: ProvisioningTemplateDetail
  readonly onClose: () => void
}

const WORDS: Readonly<Record<Act, readonly [action: string, verb: string, done: string]>> = {
  enable: ['Enable template', 'Enable', 'is enabled'],
  disable: ['Disable template', 'Disable', 'is disabled'],
  delete: ['Delete template', 'Delete', 'was deleted'],
}

const CONSEQUENCES: Readonly<Record<Act, readonly string[]>> = {
  enable: ['Whoever has a claim for it gets a certificate and a thing from now on.'],
  disable: [
    'Every device that comes for the first time is refused from now on: it gets no certificate of its own.',
    'Devices that were provisioned before go on working.',
  ],
  delete: [
    'Every device that comes for the first time is refused from now on. Devices that were provisioned before go on working.',
    'Claim certificates and their policies stay: deactivate them, where nothing else needs them.',
    'A CA certificate that provisions by it provisions no more: its devices are refused.',
  ],
}

function ActDialog({ act, template, onClose }: ActDialogProps) {
  const { templateName } = template
  const client = useQueryClient()
  const { history } = useRouter()
  const [action, verb, done] = WORDS[act]
  const title = `${verb} the provisioning template ${templateName}`
  return (
    <PlanDialog
      header={title}
      action={action}
      plan={{
        id: `${act} provisioning template ${templateName}`,
        title,
        done: `The provisioning template ${templateName} ${done}`,
        steps: act === 'delete' ? deleteTemplateSteps(template) : [enableStep(templateName, act === 'enable')],
        onChange: () => void provisioningChanged(client),
        ...(act === 'delete' && { onDone: () => history.push(paths.provisioningTemplates()) }),
      }}
      consequences={CONSEQUENCES[act]}
      {...(act === 'delete' && { name: templateName })}
      onClose={onClose}
    />
  )
}
