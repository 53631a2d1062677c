import { PSEUDO_PARAMETERS } from '@thingdeck/provisioning'
import { hexOf } from '../../../shared/certificate/pem.ts'
import { X509Certificate } from '../../../shared/certificate/x509.ts'

/** By the OID of the attribute in a subject (X.520, RFC 4519). */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  Country: '2.5.4.6',
  Organization: '2.5.4.10',
  OrganizationalUnit: '2.5.4.11',
  DistinguishedNameQualifier: '2.5.4.46',
  StateName: '2.5.4.8',
  CommonName: '2.5.4.3',
  SerialNumber: '2.5.4.5',
}

/**
 * What AWS IoT fills in of a certificate for just-in-time provisioning, by the whole names; of what stands in the subject
 * several times the first. What the subject lacks is not there.
 * @param pem of one certificate
 * @throws {Error} whatever is wrong with it, in the library's words
 * @see AWS IoT Core developer guide, "Just-in-time provisioning"
 */
export async function subjectParameters(pem: string): Promise<Readonly<Record<string, string>>> {
  const certificate = new X509Certificate(pem)
  const id = hexOf(await certificate.getThumbprint('SHA-256'))
  const values = PSEUDO_PARAMETERS.JITP.flatMap((name) => {
    const attribute = name.slice(name.lastIndexOf(':') + 1)
    if (attribute === 'Id') return [[name, id] as const]
    const [value] = certificate.subjectName.getField(ATTRIBUTES[attribute] ?? '')
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(values)
}
