import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { toTypeOf } from '../../shared/certificate/certificate-id.ts'
import { paths } from '../../shared/paths.ts'
import { PlanDialog } from '../../shared/plan/plan-dialog.tsx'
import { CERTIFICATES, certificateDetailQuery, connectsQuery } from './api.ts'
import { blastRadius, connectedBesides } from './blast-radius.tsx'
import { type CertificateAct, certificatePlan, titleOf, verbOf } from './certificate-plans.ts'
import { clientsByLog } from './seen-clients.ts'

interface CertificateActions {
  readonly actionsFor: (certificateId: string, status: string) => readonly Action[]
  /** Of what was asked for, where something was. */
  readonly dialog: ReactNode
}

/** What an admin may do to a certificate: each says what follows, and for whom, before it does anything. */
export function useCertificateActions(): CertificateActions {
  const [asked, setAsked] = useState<{ readonly act: CertificateAct; readonly certificateId: string }>()
  return {
    actionsFor: (certificateId, status) =>
      (['activate', 'deactivate', 'revoke', 'delete'] as const).map((act) => ({
        id: act,
        text: `${verbOf(act)} certificate`,
        needs: 'admin',
        whyNot: whyNot(act, status),
        onAction: () => setAsked({ act, certificateId }),
      })),
    dialog: asked && <CertificateDialog {...asked} onClose={() => setAsked(undefined)} />,
  }
}

/** What AWS would refuse (AWS IoT API reference, UpdateCertificate and DeleteCertificate). */
function whyNot(act: CertificateAct, status: string): string | undefined {
  if (status === 'PENDING_TRANSFER') return 'It is being transferred to another account: accept or cancel that first.'
  if (act === 'delete') return undefined
  if (status === 'REVOKED') return 'It is revoked, and stays revoked.'
  if (act === 'activate' && status === 'ACTIVE') return 'It is active.'
  if (act === 'deactivate' && status === 'INACTIVE') return 'It is inactive.'
  return undefined
}

interface CertificateDialogProps {
  readonly act: CertificateAct
  readonly certificateId: string
  readonly onClose: () => void
}

function CertificateDialog({ act, certificateId, onClose }: CertificateDialogProps) {
  const client = useQueryClient()
  const { history } = useRouter()
  // Who is connected by now: what was read for the page may be from before.
  const { data, error, isFetchedAfterMount } = useQuery({
    ...certificateDetailQuery(certificateId),
    refetchOnMount: 'always',
  })
  const certificate = isFetchedAfterMount ? data : undefined
  // To activate ends no connection.
  const isAsked = act !== 'activate'
  const byLog = clientsByLog(useQuery({ ...connectsQuery(certificateId), refetchOnMount: 'always', enabled: isAsked }))
  const isConnected =
    certificate !== undefined &&
    (certificate.look?.things.some(({ connected }) => connected) === true ||
      connectedBesides(certificate, byLog).length > 0)
  const hurts = act === 'delete' || act === 'revoke' || (act === 'deactivate' && isConnected)
  return (
    <PlanDialog
      header={titleOf(act, certificateId)}
      action={`${verbOf(act)} certificate`}
      error={error}
      plan={
        certificate &&
        certificatePlan(act, certificate, {
          onChange: () => void client.invalidateQueries({ queryKey: CERTIFICATES }),
          onDone: () => {
            if (act === 'delete' && history.location.pathname === paths.certificate(certificateId)) {
              history.push(paths.certificates())
            }
          },
        })
      }
      consequences={certificate ? blastRadius(act, certificate, byLog) : []}
      {...(hurts && toTypeOf(certificateId))}
      onClose={onClose}
    />
  )
}
