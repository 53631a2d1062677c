import {
  type CACertificateDescription,
  DeleteCACertificateCommand,
  DescribeCACertificateCommand,
  GetRegistrationCodeCommand,
  type IoTClient,
  ListCACertificatesCommand,
  RegisterCACertificateCommand,
  UpdateCACertificateCommand,
} from '@aws-sdk/client-iot'
import type { BodyOf, CertificateAuthority, CertificateAuthorityPage, endpoints } from '@thingdeck/contract'

/** CA certificates of the account's own. Errors are AWS's own. */
export interface CertificateAuthorities {
  list(page: { readonly nextToken?: string; readonly maxResults?: number }): Promise<CertificateAuthorityPage>
  describe(certificateId: string): Promise<CertificateAuthority>
  registrationCode(): Promise<string>
  register(request: BodyOf<typeof endpoints.registerCertificateAuthority>): Promise<CertificateAuthority>
  update(
    certificateId: string,
    change: BodyOf<typeof endpoints.updateCertificateAuthority>,
  ): Promise<CertificateAuthority>
  delete(certificateId: string): Promise<void>
}

export function createCertificateAuthorities(iot: IoTClient): CertificateAuthorities {
  const authorities: CertificateAuthorities = {
    async list({ nextToken, maxResults }) {
      const { certificates = [], nextMarker } = await iot.send(
        new ListCACertificatesCommand({ marker: nextToken, pageSize: maxResults, ascendingOrder: false }),
      )
      return {
        authorities: certificates.map(({ certificateId = '', certificateArn = '', status = '', creationDate }) => ({
          certificateId,
          certificateArn,
          status,
          ...(creationDate && { createdAt: creationDate.toISOString() }),
        })),
        ...(nextMarker && { nextToken: nextMarker }),
      }
    },

    async describe(certificateId) {
      const { certificateDescription = {}, registrationConfig } = await iot.send(
        new DescribeCACertificateCommand({ certificateId }),
      )
      const { templateName, templateBody, roleArn } = registrationConfig ?? {}
      const isNone = !templateName && !templateBody
      return {
        ...toldOf(certificateDescription),
        ...(!isNone && {
          template: {
            ...(templateName && { templateName }),
            ...(templateBody && { templateBody }),
            ...(roleArn && { roleArn }),
          },
        }),
      }
    },

    async registrationCode() {
      const { registrationCode = '' } = await iot.send(new GetRegistrationCodeCommand({}))
      return registrationCode
    },

    async register({ mode, template, ...request }) {
      const { certificateId = '' } = await iot.send(
        new RegisterCACertificateCommand({
          ...request,
          certificateMode: mode,
          ...(template && { registrationConfig: template }),
        }),
      )
      return authorities.describe(certificateId)
    },

    async update(certificateId, { status, autoRegistration, template, removeTemplate }) {
      await iot.send(
        new UpdateCACertificateCommand({
          certificateId,
          ...(status !== undefined && { newStatus: status }),
          ...(autoRegistration !== undefined && { newAutoRegistrationStatus: autoRegistration ? 'ENABLE' : 'DISABLE' }),
          ...(template && { registrationConfig: template }),
          ...(removeTemplate && { removeAutoRegistration: true }),
        }),
      )
      return authorities.describe(certificateId)
    },

    async delete(certificateId) {
      await iot.send(new DeleteCACertificateCommand({ certificateId }))
    },
  }
  return authorities
}

function toldOf(found: CACertificateDescription): Omit<CertificateAuthority, 'template'> {
  const { certificateId = '', certificateArn = '', status = '', certificatePem = '' } = found
  const { creationDate, lastModifiedDate, validity, autoRegistrationStatus, certificateMode } = found
  return {
    certificateId,
    certificateArn,
    status,
    certificatePem,
    autoRegistration: autoRegistrationStatus === 'ENABLE',
    mode: certificateMode ?? 'DEFAULT',
    ...(creationDate && { createdAt: creationDate.toISOString() }),
    ...(lastModifiedDate && { changedAt: lastModifiedDate.toISOString() }),
    ...(validity?.notBefore && { notBefore: validity.notBefore.toISOString() }),
    ...(validity?.notAfter && { notAfter: validity.notAfter.toISOString() }),
  }
}
