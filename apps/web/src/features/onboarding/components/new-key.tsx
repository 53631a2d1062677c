import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import type { CertificateDetail, MadeCertificate } from '@thingdeck/contract'
import { useState } from 'react'
import { shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { deletionSteps } from '../../../shared/certificate/deletion-steps.ts'
import { NEW_CERTIFICATE, newCertificateSteps } from '../../../shared/certificate/new-certificate.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { useWhyNot } from '../../../shared/session/session.tsx'

interface NewKeyProps {
  readonly thingName: string
  readonly certificate: CertificateDetail
  readonly onMade: (made: MadeCertificate) => void
}

/** For a private key that is lost: another one with a certificate of its own, in place of this one. */
export function NewKey({ thingName, certificate, onMade }: NewKeyProps) {
  const client = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const whyNot = useWhyNot('admin')
  const { certificateId, look } = certificate
  const short = shortCertificateId(certificateId)
  return (
    <>
      <ExpandableSection headerText="Where is the private key?" variant="footer">
        <SpaceBetween size="s">
          <Box>
            This page has it not: it was downloaded when it was made, or it was never here. If nobody has it any more, a
            new one can be made; the device gets a new certificate, and this one is deleted.
          </Box>
          <Button
            onClick={() => setAsked(true)}
            {...(whyNot !== undefined && { disabled: true, disabledReason: whyNot })}
          >
            Make a new key
          </Button>
        </SpaceBetween>
      </ExpandableSection>
      {isAsked && (
        <PlanDialog
          header={`Make a new key for ${thingName}`}
          action="Make new key"
          plan={{
            id: `new key ${thingName}`,
            title: `Make a new key for ${thingName}`,
            done: `${thingName} has a new key and certificate`,
            steps: [
              ...newCertificateSteps(
                { ...NEW_CERTIFICATE, commonName: thingName.slice(0, 64) },
                { policyNames: look?.policyNames ?? [], thingName },
                { onMade, onUnmade: () => {} },
              ),
              ...deletionSteps(certificate).map((step) => ({
                ...step,
                id: `old ${step.id}`,
                words: `The old certificate: ${step.words}`,
              })),
            ],
            onChange: () => void client.invalidateQueries(),
          }}
          consequences={[
            `Whoever has the private key of the certificate ${short} cannot connect any more.`,
            'The new private key is on this page alone: the next step is to download it.',
          ]}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}
