import { createPrivateKey, X509Certificate } from 'node:crypto'
import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'
import { makeRequest, makeSelfSigned } from '../identity.ts'

const fromRequest: Check = {
  id: 'from-request',
  does: 'A certificate of a signing request, its states, and its deletion in order',
  async run({ iot: client, name, refused, arn }) {
    const { request: certificateSigningRequest } = await makeRequest(name('device'))
    const issued = await client.send(
      new iot.CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: true }),
    )
    const { certificateId = '', certificateArn: principal = '', certificatePem = '' } = issued
    const { subject, issuer } = new X509Certificate(certificatePem)
    const described = await client.send(new iot.DescribeCertificateCommand({ certificateId }))
    const thingName = name('pump')
    await client.send(new iot.CreateThingCommand({ thingName }))
    await client.send(new iot.AttachThingPrincipalCommand({ thingName, principal }))
    const things = await client.send(new iot.ListPrincipalThingsCommand({ principal }))
    const principals = await client.send(new iot.ListThingPrincipalsV2Command({ thingName }))
    const attachedThing = await refused(client.send(new iot.DeleteThingCommand({ thingName })))
    const active = await refused(client.send(new iot.DeleteCertificateCommand({ certificateId })))
    await client.send(new iot.UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
    const hasThing = await refused(client.send(new iot.DeleteCertificateCommand({ certificateId })))
    await client.send(new iot.DetachThingPrincipalCommand({ thingName, principal }))
    const pending = await refused(
      client.send(new iot.UpdateCertificateCommand({ certificateId, newStatus: 'PENDING_TRANSFER' })),
    )
    await client.send(new iot.UpdateCertificateCommand({ certificateId, newStatus: 'REVOKED' }))
    const revoked = await client.send(new iot.DescribeCertificateCommand({ certificateId }))
    await client.send(new iot.DeleteCertificateCommand({ certificateId }))
    const gone = await refused(client.send(new iot.DescribeCertificateCommand({ certificateId })))
    const { status, certificateMode, caCertificateId, ownedBy } = described.certificateDescription ?? {}
    return {
      issued: { certificateId, principal, subject, issuer },
      described: { status, certificateMode, caCertificateId, ownedBy },
      things: things.things,
      principals: principals.thingPrincipalObjects,
      revoked: revoked.certificateDescription?.status,
      ...{ attachedThing, active, hasThing, pending, gone },
      'attached to none': await refused(
        client.send(new iot.AttachThingPrincipalCommand({ thingName, principal: arn(`cert/${'0'.repeat(64)}`) })),
      ),
      'a request that is none': await refused(
        client.send(new iot.CreateCertificateFromCsrCommand({ certificateSigningRequest: './device.csr' })),
      ),
    }
  },
}

const withKeys: Check = {
  id: 'with-keys',
  does: 'A certificate whose key AWS makes',
  async run({ iot: client }) {
    const {
      keyPair,
      certificateId = '',
      certificatePem = '',
    } = await client.send(new iot.CreateKeysAndCertificateCommand({ setAsActive: false }))
    const { certificateDescription } = await client.send(new iot.DescribeCertificateCommand({ certificateId }))
    const { subject, publicKey } = new X509Certificate(certificatePem)
    const key = createPrivateKey(keyPair?.PrivateKey ?? '')
    return {
      ...{ subject, status: certificateDescription?.status },
      key: [key.asymmetricKeyType, key.asymmetricKeyDetails?.modulusLength],
      public: publicKey.asymmetricKeyType,
    }
  },
}

const registered: Check = {
  id: 'registered',
  does: 'A certificate of no authority is registered once, and not as pending activation',
  async run({ iot: client, name, refused }) {
    const { cert: certificatePem } = await makeSelfSigned(name('device'))
    const register = (status?: iot.CertificateStatus) =>
      client.send(new iot.RegisterCertificateWithoutCACommand({ certificatePem, ...(status && { status }) }))
    const pending = await refused(register('PENDING_ACTIVATION'))
    const { certificateId, certificateArn } = await register('INACTIVE')
    const again = await refused(register())
    const { certificateDescription } = await client.send(new iot.DescribeCertificateCommand({ certificateId }))
    const { status, certificateMode, caCertificateId } = certificateDescription ?? {}
    return { pending, again, certificateArn, described: { status, certificateMode, caCertificateId } }
  },
}

export const certificates: Area = { name: 'certificates', checks: [fromRequest, withKeys, registered] }
