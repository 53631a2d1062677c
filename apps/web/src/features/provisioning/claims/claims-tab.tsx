import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ClaimCertificate, MadeCertificate, ProvisioningTemplateDetail } from '@thingdeck/contract'
import { Fragment, useState } from 'react'
import { shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { statusStep } from '../../../shared/certificate/certificate-steps.ts'
import { useActivateCertificate } from '../../../shared/certificate/use-activate-certificate.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { formatCount } from '../../../shared/format.ts'
import { List } from '../../../shared/list/list.tsx'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { claimCertificatesQuery } from '../api.ts'
import { useDeclared } from '../rehearsal/parameter-fields.tsx'
import { CLAIM_COLUMNS, CLAIM_WORDS, STILL_LOOKING } from './claim-columns.tsx'
import { ClaimFiles } from './claim-files.tsx'
import { MakeClaimDialog } from './make-claim-dialog.tsx'
import { TemporaryClaim } from './temporary-claim.tsx'
import { useTemporaryClaim } from './use-temporary-claim.ts'

interface MadeClaim {
  readonly certificate: MadeCertificate
  readonly clientIdPrefix: string
}

/** Who may have devices made by a template: claim certificates, and claims of trusted people. */
export function ClaimsTab({ template }: { readonly template: ProvisioningTemplateDetail }) {
  const { templateName, templateBody, type, enabled } = template
  if (type === 'JITP') {
    return (
      <Alert type="info">
        A template of this type needs no claim: devices come with certificates that a registered CA signed. Which CAs
        provision by it is said on the pages of the CA certificates.
      </Alert>
    )
  }
  return <Claims templateName={templateName} template={template} templateBody={templateBody} enabled={enabled} />
}

interface ClaimsProps {
  readonly template: ProvisioningTemplateDetail
  readonly templateName: string
  readonly templateBody: string
  readonly enabled: boolean
}

function Claims({ template, templateName, templateBody, enabled }: ClaimsProps) {
  const query = useQuery(claimCertificatesQuery(templateName))
  const { data } = query
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<MadeClaim>()
  const [isSaved, setSaved] = useState(false)
  const [deactivating, setDeactivating] = useState<ClaimCertificate>()
  const activate = useActivateCertificate()
  const temporary = useTemporaryClaim(templateName)
  const parameterNames = useDeclared(templateBody, 'FLEET_PROVISIONING')
    .filter(({ isPseudo }) => !isPseudo)
    .map(({ name }) => name)
  return (
    <SpaceBetween size="m">
      {!enabled && <Alert type="warning">The template is disabled: no claim has a device made by it now.</Alert>}
      {made?.certificate.privateKey !== undefined && (
        <Container
          header={<Header variant="h2">{`The claim ${shortCertificateId(made.certificate.certificateId)}`}</Header>}
        >
          <ClaimFiles
            claim={{
              templateName,
              parameterNames,
              clientIdPrefix: made.clientIdPrefix,
              certificateId: made.certificate.certificateId,
              certificatePem: made.certificate.certificatePem,
              privateKeyPem: made.certificate.privateKey,
            }}
            isSaved={isSaved}
            onSaved={() => setSaved(true)}
          />
        </Container>
      )}
      {temporary.error && <ErrorAlert error={temporary.error} what="The claim could not be made" />}
      {temporary.claim && (
        <Container header={<Header variant="h2">Claim for five minutes</Header>}>
          <TemporaryClaim
            key={temporary.claim.certificateId}
            claim={temporary.claim}
            templateName={templateName}
            parameterNames={parameterNames}
            isSaved={temporary.isSaved}
            onSaved={temporary.onSaved}
          />
        </Container>
      )}
      {data && !data.isOver && (
        <ProgressBar
          label="Looking through the policies of the account"
          value={data.listed === 0 ? 0 : (data.looked / data.listed) * 100}
          additionalInfo={`${formatCount(data.looked)} of ${formatCount(data.listed)}`}
        />
      )}
      {data && (!data.isAll || data.hasMoreTargets) && (
        <Alert type="info">
          {data.isAll
            ? 'A policy is attached to more than 100 targets: the others were not looked at.'
            : `The account has more than ${formatCount(data.listed)} policies: the others were not looked at.`}
        </Alert>
      )}
      {data && data.thingGroups.length > 0 && (
        <Alert type="info">
          {`So may certificates of things in ${data.thingGroups.join(', ')}, whose group has such a policy. They are not listed.`}
        </Alert>
      )}
      {data && data.wide.length > 0 && (
        <Alert type="warning" header="Others may register devices by this template, too">
          These policies allow publishing to any topic, and so to those of the template; what has them is not listed
          below:{' '}
          {data.wide.map(({ policyName, targets, hasMoreTargets }, index) => (
            <Fragment key={policyName}>
              {index > 0 && ', '}
              <Link href={paths.policy(policyName, { tab: 'targets' })}>
                <NameText text={policyName} />
              </Link>{' '}
              {`(attached to ${hasMoreTargets ? 'more than ' : ''}${formatCount(targets)})`}
            </Fragment>
          ))}
          .
        </Alert>
      )}
      <List
        name="claim-certificates"
        variant="container"
        words={data?.isOver === false ? STILL_LOOKING : CLAIM_WORDS}
        columns={CLAIM_COLUMNS}
        rowId={({ certificateId }) => certificateId}
        source={wholeOf(query, data?.certificates ?? [])}
        paging="endless"
        actions={() => [
          {
            id: 'temporary',
            text: 'Claim for five minutes',
            needs: 'operator',
            isBusy: temporary.isPending,
            whyNot: enabled ? undefined : 'The template is disabled.',
            onAction: temporary.ask,
          },
          {
            id: 'make',
            text: 'Make claim certificate',
            needs: 'admin',
            isPrimary: true,
            whyNot: made && !isSaved ? 'Download the private key of the claim that was made first.' : undefined,
            onAction: () => setMaking(true),
          },
        ]}
        rowActions={(claim) => [
          claim.status === 'INACTIVE'
            ? { ...activate(claim.certificateId, 'INACTIVE'), text: 'Activate claim', isPrimary: false }
            : {
                id: 'deactivate',
                text: 'Deactivate claim',
                needs: 'admin',
                whyNot: claim.status === 'ACTIVE' ? undefined : 'It is not active.',
                onAction: () => setDeactivating(claim),
              },
          { id: 'logs', text: 'Show its log', href: paths.logs({ principal: claim.certificateId, last: '7d' }) },
        ]}
      />
      {isMaking && (
        <MakeClaimDialog
          template={template}
          onMade={(certificate, clientIdPrefix) => {
            setMade({ certificate, clientIdPrefix })
            setSaved(false)
          }}
          onUnmade={() => setMade(undefined)}
          onClose={() => setMaking(false)}
        />
      )}
      {temporary.isReplacing && (
        <ConfirmDialog
          header="Replace a claim whose private key was not downloaded?"
          action="Make another claim"
          failure="The claim could not be made"
          onConfirm={temporary.replace}
          onClose={temporary.keep}
        >
          The private key of the claim that is shown is in this page alone, and goes when another one is made: no device
          can connect with that claim then.
        </ConfirmDialog>
      )}
      {deactivating && <DeactivateDialog claim={deactivating} onClose={() => setDeactivating(undefined)} />}
    </SpaceBetween>
  )
}

function DeactivateDialog({ claim, onClose }: { readonly claim: ClaimCertificate; readonly onClose: () => void }) {
  const { certificateId, policyNames } = claim
  const client = useQueryClient()
  const title = `Deactivate the claim ${shortCertificateId(certificateId)}`
  return (
    <PlanDialog
      header={title}
      action="Deactivate claim"
      plan={{
        id: `certificate ${certificateId}`,
        title,
        done: `The claim ${shortCertificateId(certificateId)} is inactive`,
        steps: [statusStep({ certificateId, status: 'ACTIVE' }, 'INACTIVE')],
        onChange: () => void client.invalidateQueries(), // whatever is shown of it is as of before
      }}
      consequences={[
        'No device gets in with it any more: every unit of the line that was not provisioned yet is stopped.',
        'Connections that it has now are closed by AWS IoT.',
        'Devices that were provisioned with it go on working: they have certificates of their own.',
        `What it may by ${policyNames.join(', ')} it can do no more, also for other templates.`,
      ]}
      onClose={onClose}
    />
  )
}
