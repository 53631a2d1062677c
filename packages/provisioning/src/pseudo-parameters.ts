import type { TemplateUse } from './template.ts'

const CERTIFICATE_ID = 'AWS::IoT::Certificate::Id'

const OF_A_SUBJECT = [
  'Country',
  'Organization',
  'OrganizationalUnit',
  'DistinguishedNameQualifier',
  'StateName',
  'CommonName',
  'SerialNumber',
].map((name) => `AWS::IoT::Certificate::${name}`)

/**
 * Parameters that AWS IoT fills in itself, from the certificate.
 * @see AWS IoT guide, "Just-in-time provisioning" and "Provisioning templates"
 */
export const PSEUDO_PARAMETERS: Readonly<Record<TemplateUse, readonly string[]>> = {
  FLEET_PROVISIONING: [CERTIFICATE_ID],
  JITP: [...OF_A_SUBJECT, CERTIFICATE_ID],
  REGISTRATION: [],
}

/** Names that no caller can give a value. */
export const isPseudo = (name: string): boolean => name.startsWith('AWS::')
