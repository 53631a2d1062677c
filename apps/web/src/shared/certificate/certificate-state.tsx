import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { formatDateTime, useNow } from '../time.tsx'
import { expiryInWords } from './expiry.ts'

/** AWS IoT API reference, `CertificateDescription.status`. */
const STATUS: Readonly<Record<string, [StatusIndicatorProps.Type, string]>> = {
  ACTIVE: ['success', 'Active'],
  INACTIVE: ['stopped', 'Inactive'],
  REVOKED: ['error', 'Revoked'],
  PENDING_TRANSFER: ['pending', 'Pending transfer'],
  PENDING_ACTIVATION: ['pending', 'Pending activation'],
  REGISTER_INACTIVE: ['stopped', 'Registered inactive'],
}

/** Whether a certificate may be used to connect. */
export function CertificateStatus({ status }: { readonly status: string }) {
  const [type, text] = STATUS[status] ?? ['info', status]
  return <StatusIndicator type={type}>{text}</StatusIndicator>
}

interface ValidityProps {
  /** ISO 8601. */
  readonly notBefore: string | undefined
  readonly notAfter: string | undefined
}

/** How long a certificate is good, by the server's clock; the moment on hover. */
export function CertificateValidity({ notBefore, notAfter }: ValidityProps) {
  const { type, text } = expiryInWords(notBefore, notAfter, useNow(60_000))
  return (
    <span title={notAfter === undefined ? undefined : `until ${formatDateTime(Date.parse(notAfter))}`}>
      <StatusIndicator type={type}>{text}</StatusIndicator>
    </span>
  )
}
