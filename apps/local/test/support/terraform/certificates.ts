import * as sdk from '@aws-sdk/client-iot'
import { expect } from 'vitest'
import { TestCertificate } from '../../../src/services/certificates/authority.test-support.ts'
import type { LifeCycle } from '../life-cycle.ts'
import { type Account, IOT, NONE, policyOf, retag, TAGGED, TAGGED_AGAIN, tagsOf } from './account.ts'

/** Certificates and policies, and what they are attached to. */
export function certificateLifeCycles(account: Account): LifeCycle[] {
  const rows: LifeCycle[] = []
  rows.push({
    resource: 'aws_iot_policy',
    create: () =>
      account().iot.send(new sdk.CreatePolicyCommand({ policyName: 'p', policyDocument: policyOf('1'), tags: TAGGED })),
    read: async () => {
      const found = await account().iot.send(new sdk.GetPolicyCommand({ policyName: 'p' }))
      return { ...found, tags: await tagsOf(account, found.policyArn) }
    },
    created: { policyName: 'p', policyDocument: policyOf('1'), defaultVersionId: '1', tags: TAGGED },
    update: async () => {
      const policyDocument = policyOf('2')
      await account().iot.send(
        new sdk.CreatePolicyVersionCommand({ policyName: 'p', policyDocument, setAsDefault: true }),
      )
      await retag(account, `${IOT}policy/p`)
    },
    updated: { policyDocument: policyOf('2'), defaultVersionId: '2', tags: TAGGED_AGAIN },
    remove: async () => {
      const { policyVersions = [] } = await account().iot.send(new sdk.ListPolicyVersionsCommand({ policyName: 'p' }))
      for (const { versionId, isDefaultVersion } of policyVersions) {
        if (isDefaultVersion) continue
        await account().iot.send(new sdk.DeletePolicyVersionCommand({ policyName: 'p', policyVersionId: versionId }))
      }
      await account().iot.send(new sdk.DeletePolicyCommand({ policyName: 'p' }))
    },
    gone: NONE,
  })

  rows.push({
    resource: 'aws_iot_policy_attachment',
    create: () =>
      account().iot.send(new sdk.AttachPolicyCommand({ policyName: 'attached', target: account().principal })),
    read: () =>
      account().iot.send(new sdk.ListAttachedPoliciesCommand({ target: account().principal, recursive: false })),
    created: { policies: [{ policyName: 'attached' }] },
    remove: () =>
      account().iot.send(new sdk.DetachPolicyCommand({ policyName: 'attached', target: account().principal })),
    gone: { policies: [] },
  })

  rows.push({
    resource: 'aws_iot_thing_principal_attachment',
    create: () =>
      account().iot.send(new sdk.AttachThingPrincipalCommand({ thingName: 'member', principal: account().principal })),
    read: () => account().iot.send(new sdk.ListThingPrincipalsCommand({ thingName: 'member' })),
    created: { principals: [expect.stringContaining(':cert/')] },
    remove: () =>
      account().iot.send(new sdk.DetachThingPrincipalCommand({ thingName: 'member', principal: account().principal })),
    gone: { principals: [] },
  })

  let certificateId: string | undefined
  rows.push({
    resource: 'aws_iot_certificate',
    create: async () => {
      const made = await account().iot.send(new sdk.CreateKeysAndCertificateCommand({ setAsActive: true }))
      certificateId = made.certificateId
    },
    read: async () =>
      (await account().iot.send(new sdk.DescribeCertificateCommand({ certificateId }))).certificateDescription ?? {},
    created: { status: 'ACTIVE', certificateMode: 'DEFAULT' },
    update: () => account().iot.send(new sdk.UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' })),
    updated: { status: 'INACTIVE' },
    remove: () => account().iot.send(new sdk.DeleteCertificateCommand({ certificateId })),
    gone: NONE,
  })

  let authority: string | undefined
  rows.push({
    resource: 'aws_iot_ca_certificate',
    create: async () => {
      const made = await account().iot.send(
        new sdk.RegisterCACertificateCommand({
          caCertificate: (await TestCertificate.selfSigned('CN=Plant CA')).pem,
          certificateMode: 'SNI_ONLY',
          setAsActive: true,
          allowAutoRegistration: true,
          tags: TAGGED,
        }),
      )
      authority = made.certificateId
    },
    read: async () => {
      const { certificateDescription } = await account().iot.send(
        new sdk.DescribeCACertificateCommand({ certificateId: authority }),
      )
      return { ...certificateDescription, tags: await tagsOf(account, certificateDescription?.certificateArn) }
    },
    created: { status: 'ACTIVE', autoRegistrationStatus: 'ENABLE', certificateMode: 'SNI_ONLY', tags: TAGGED },
    update: () =>
      account().iot.send(
        new sdk.UpdateCACertificateCommand({
          certificateId: authority,
          newStatus: 'INACTIVE',
          newAutoRegistrationStatus: 'DISABLE',
        }),
      ),
    updated: { status: 'INACTIVE', autoRegistrationStatus: 'DISABLE' },
    remove: () => account().iot.send(new sdk.DeleteCACertificateCommand({ certificateId: authority })),
    gone: NONE,
  })
  return rows
}
