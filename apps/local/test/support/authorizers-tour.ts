import * as acm from '@aws-sdk/client-acm'
import * as iot from '@aws-sdk/client-iot'
import type { Local } from '../../src/index.ts'

type Refusable = (call: Promise<unknown>) => Promise<void>

/** Calls operations on authorizers, domain configurations and imported certificates with all that they can be given. */
export async function tourOfAuthorizers(sdk: Local['sdk'], refusable: Refusable): Promise<void> {
  const client = new iot.IoTClient(sdk)
  const authorizerName = 'tour'
  const authorizerFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:tour'
  const settings = {
    tokenKeyName: 'token',
    tokenSigningPublicKeys: {},
    enableCachingForHttp: true,
    status: 'INACTIVE',
  } as const
  const tags = [{ Key: 'site', Value: 'north' }]
  const authorizer = { authorizerName, authorizerFunctionArn, ...settings }
  await client.send(new iot.CreateAuthorizerCommand({ ...authorizer, signingDisabled: true, tags }))
  await client.send(new iot.UpdateAuthorizerCommand(authorizer))
  await client.send(new iot.DescribeAuthorizerCommand({ authorizerName }))
  await refusable(
    client.send(new iot.ListAuthorizersCommand({ pageSize: 5, marker: 'm', ascendingOrder: true, status: 'ACTIVE' })),
  )
  await client.send(new iot.SetDefaultAuthorizerCommand({ authorizerName }))
  await client.send(new iot.DescribeDefaultAuthorizerCommand({}))
  await client.send(new iot.ClearDefaultAuthorizerCommand({}))
  const httpContext = { headers: { a: 'b' }, queryString: 'c=d' }
  const mqttContext = { username: 'u', password: Buffer.from('p'), clientId: 'c' }
  const shown = { token: 't', tokenSignature: 's', httpContext, mqttContext, tlsContext: { serverName: 's' } }
  await refusable(client.send(new iot.TestInvokeAuthorizerCommand({ authorizerName, ...shown })))
  await tourOfDomains(client, authorizerName, refusable)
  await client.send(new iot.DeleteAuthorizerCommand({ authorizerName }))
  client.destroy()
  await tourOfCertificates(sdk, refusable)
}

async function tourOfDomains(
  client: iot.IoTClient,
  defaultAuthorizerName: string,
  refusable: Refusable,
): Promise<void> {
  const domainConfigurationName = 'tour'
  const serverCertificateConfig = {
    enableOCSPCheck: false,
    ocspLambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:o',
    ocspAuthorizedResponderArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c',
  }
  const settings = {
    authorizerConfig: { defaultAuthorizerName, allowAuthorizerOverride: true },
    tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' },
    authenticationType: 'CUSTOM_AUTH_X509',
    applicationProtocol: 'HTTPS',
    clientCertificateConfig: { clientCertificateCallbackArn: 'arn:aws:lambda:us-east-1:123456789012:function:c' },
  } as const
  const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/c'
  const own = {
    domainName: 'iot.example.com',
    serverCertificateArns: [certificate],
    validationCertificateArn: certificate,
  }
  await refusable(
    client.send(
      new iot.CreateDomainConfigurationCommand({
        domainConfigurationName,
        ...settings,
        ...own,
        serverCertificateConfig,
        serviceType: 'JOBS',
      }),
    ),
  )
  await refusable(
    client.send(new iot.CreateDomainConfigurationCommand({ domainConfigurationName, ...settings, ...own })),
  )
  await refusable(
    client.send(
      new iot.CreateDomainConfigurationCommand({ domainConfigurationName, ...settings, serverCertificateConfig }),
    ),
  )
  const tags = [{ Key: 'site', Value: 'north' }]
  await client.send(new iot.CreateDomainConfigurationCommand({ domainConfigurationName, ...settings, tags }))
  await client.send(new iot.DescribeDomainConfigurationCommand({ domainConfigurationName }))
  await refusable(
    client.send(new iot.ListDomainConfigurationsCommand({ marker: 'm', pageSize: 5, serviceType: 'DATA' })),
  )
  const update = { domainConfigurationName, ...settings, removeAuthorizerConfig: false }
  await refusable(client.send(new iot.UpdateDomainConfigurationCommand({ ...update, serverCertificateConfig })))
  await client.send(new iot.UpdateDomainConfigurationCommand({ ...update, domainConfigurationStatus: 'DISABLED' }))
  await client.send(new iot.UpdateDomainConfigurationCommand({ domainConfigurationName, removeAuthorizerConfig: true }))
  await refusable(client.send(new iot.DeleteDomainConfigurationCommand({ domainConfigurationName })))
}

async function tourOfCertificates(sdk: Local['sdk'], refusable: Refusable): Promise<void> {
  const client = new acm.ACMClient(sdk)
  const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c'
  const pem = Buffer.from('pem')
  const input = { Certificate: pem, CertificateChain: pem, PrivateKey: pem }
  await refusable(client.send(new acm.ImportCertificateCommand({ ...input, Tags: [{ Key: 'a', Value: 'b' }] })))
  await refusable(client.send(new acm.ImportCertificateCommand({ ...input, CertificateArn })))
  await refusable(client.send(new acm.ImportCertificateCommand(input)))
  await refusable(client.send(new acm.DescribeCertificateCommand({ CertificateArn })))
  await refusable(client.send(new acm.GetCertificateCommand({ CertificateArn })))
  await refusable(client.send(new acm.DeleteCertificateCommand({ CertificateArn })))
  const filters: acm.ListCertificatesCommandInput = {
    CertificateStatuses: ['ISSUED'],
    Includes: { keyTypes: ['RSA_2048'] },
    SortBy: 'CREATED_AT',
    SortOrder: 'ASCENDING',
  }
  await refusable(client.send(new acm.ListCertificatesCommand(filters)))
  await refusable(client.send(new acm.ListCertificatesCommand({ MaxItems: 5, NextToken: 'n' })))
  client.destroy()
}
