import * as iot from '@aws-sdk/client-iot'
import type { Local } from '../../src/index.ts'
import { createTemplate, PROVISIONING_ROLE, TEMPLATE } from './claim.ts'

type Refusable = (call: Promise<unknown>) => Promise<void>

const TAGS = [{ Key: 'site', Value: 'north' }]
const HOOK = { targetArn: 'arn:aws:lambda:us-east-1:123456789012:function:hook', payloadVersion: '2020-04-01' }
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:signs'

/** Not looked at by the handlers of provisioning, and why. */
export const KNOWN_OF_PROVISIONING: Readonly<Record<string, string>> = {
  'iot.CreateCertificateProvider accountDefaultForOperations': 'there is one operation, and it must be named',
  'iot.UpdateCertificateProvider accountDefaultForOperations': 'there is one operation, and it must be named',
}

/** Calls every operation on provisioning templates and certificate providers with all that it can be given. */
export async function tourOfProvisioning(sdk: Local['sdk'], refusable: Refusable): Promise<void> {
  const client = new iot.IoTClient({ ...sdk, maxAttempts: 1 })
  const of = { templateName: 'toured' }
  const templateBody = JSON.stringify(TEMPLATE)
  const settings = {
    description: 'all',
    enabled: true,
    provisioningRoleArn: PROVISIONING_ROLE,
    preProvisioningHook: HOOK,
  }
  await createTemplate(client, of.templateName, { ...settings, type: 'FLEET_PROVISIONING', tags: TAGS })
  await client.send(new iot.CreateProvisioningTemplateVersionCommand({ ...of, templateBody, setAsDefault: true }))
  await client.send(new iot.UpdateProvisioningTemplateCommand({ ...of, ...settings, defaultVersionId: 1 }))
  await client.send(new iot.UpdateProvisioningTemplateCommand({ ...of, removePreProvisioningHook: true }))
  await client.send(new iot.DescribeProvisioningTemplateCommand(of))
  await client.send(new iot.DescribeProvisioningTemplateVersionCommand({ ...of, versionId: 2 }))
  const page = { maxResults: 1, nextToken: 'next' }
  await refusable(client.send(new iot.ListProvisioningTemplatesCommand(page)))
  await refusable(client.send(new iot.ListProvisioningTemplateVersionsCommand({ ...of, ...page })))
  await client.send(new iot.CreateProvisioningClaimCommand(of))
  await client.send(new iot.DeleteProvisioningTemplateVersionCommand({ ...of, versionId: 2 }))
  await client.send(new iot.DeleteProvisioningTemplateCommand(of))

  const provider = { certificateProviderName: 'toured' }
  const signing = {
    ...provider,
    lambdaFunctionArn: FUNCTION,
    accountDefaultForOperations: ['CreateCertificateFromCsr' as const],
  }
  const clientToken = '11111111-2222-3333-4444-555555555555'
  await client.send(new iot.CreateCertificateProviderCommand({ ...signing, clientToken, tags: TAGS }))
  await client.send(new iot.CreateCertificateProviderCommand({ ...signing, clientToken }))
  await client.send(new iot.UpdateCertificateProviderCommand(signing))
  await client.send(new iot.DescribeCertificateProviderCommand(provider))
  await refusable(client.send(new iot.ListCertificateProvidersCommand({ nextToken: 'next', ascendingOrder: true })))
  await client.send(new iot.DeleteCertificateProviderCommand(provider))
  client.destroy()
}
