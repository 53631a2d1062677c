import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { CertificateAuthority } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { formatDocument } from '../../../shared/policy-editor/document-text.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { CopyText } from '../../../shared/ui/copy-text.tsx'
import { SetTemplateDialog } from './set-template-dialog.tsx'

/** By which template devices with certificates of a CA are provisioned when they connect first. */
export function AuthorityTemplate({ authority }: { readonly authority: CertificateAuthority }) {
  const { template, autoRegistration, status } = authority
  const [isSetting, setSetting] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Just-in-time provisioning: what is made for a device whose certificate this CA signed, when it connects first."
          actions={
            <ActionButton
              id="set-template"
              text={template ? 'Change template' : 'Set template'}
              needs="admin"
              onAction={() => setSetting(true)}
            />
          }
        >
          Template
        </Header>
      }
    >
      <SpaceBetween size="s">
        {template && (status !== 'ACTIVE' || !autoRegistration) && (
          <Alert type="warning">
            {status === 'ACTIVE'
              ? 'Devices are not provisioned now: the CA does not register by itself.'
              : 'Devices are not provisioned now: the CA certificate is not active.'}
          </Alert>
        )}
        {template ? <TemplateFacts template={template} /> : <None autoRegistration={autoRegistration} />}
      </SpaceBetween>
      {isSetting && <SetTemplateDialog authority={authority} onClose={() => setSetting(false)} />}
    </Container>
  )
}

const None = ({ autoRegistration }: { readonly autoRegistration: boolean }) => (
  <StatusIndicator type="info">
    {autoRegistration
      ? 'There is none: a certificate is registered PENDING_ACTIVATION, and somebody or a rule on $aws/events/certificates/registered makes the rest.'
      : 'There is none, and the CA does not register by itself.'}
  </StatusIndicator>
)

function TemplateFacts({ template }: { readonly template: NonNullable<CertificateAuthority['template']> }) {
  const { templateName, templateBody, roleArn } = template
  return (
    <SpaceBetween size="s">
      <Facts
        facts={[
          templateName === undefined
            ? { label: 'Template', value: 'a text of this CA’s own' }
            : {
                label: 'Template',
                value: (
                  <Link href={paths.provisioningTemplate(templateName)}>
                    <NameText text={templateName} />
                  </Link>
                ),
              },
          roleArn === undefined ? undefined : { label: 'Role', copy: roleArn, what: 'ARN of the role' },
        ]}
      />
      {templateBody !== undefined && templateName === undefined && (
        <CopyText what="the template" text={formatDocument(templateBody)} />
      )}
    </SpaceBetween>
  )
}
