import { once } from 'node:events'
import { connect } from 'node:tls'
import {
  ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
} from '@aws-sdk/client-acm'
import { DescribeDomainConfigurationCommand } from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import { ExtendedKeyUsageExtension, SubjectAlternativeNameExtension } from '../src/foundation/authority/x509.ts'
import { startLocal } from '../src/index.ts'
import { TestCertificate } from '../src/services/certificates/authority.test-support.ts'
import { AuthorizerClient } from './support/authorizers.ts'

const HOST = 'iot.example.com'
const forHost = (host: string) => [
  new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
  new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
]

const keyOf = ({ keys }: TestCertificate) =>
  Buffer.from(keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())

test('a domain of the customer’s shows the certificate that was imported', async () => {
  await using local = await startLocal()
  const acm = new ACMClient(local.sdk)
  using client = new AuthorizerClient(local)
  const authority = await TestCertificate.selfSigned('CN=Example CA')
  const server = await authority.sign(`CN=${HOST}`, { extensions: forHost(HOST) })
  const input = {
    Certificate: Buffer.from(server.pem),
    CertificateChain: Buffer.from(authority.pem),
    PrivateKey: keyOf(server),
  }
  const { CertificateArn = '' } = await acm.send(new ImportCertificateCommand(input))
  const serverCertificateArns = [CertificateArn]
  expect(await client.domain('own', { domainName: HOST.toUpperCase(), serverCertificateArns })).toBe(HOST)
  expect(
    await client.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: 'own' })),
  ).toMatchObject({
    domainType: 'CUSTOMER_MANAGED',
    serverCertificates: [{ serverCertificateArn: CertificateArn, serverCertificateStatus: 'VALID' }],
  })
  const port = Number(new URL(local.urls.https).port)
  for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
    const socket = connect({ host: 'localhost', port, servername: HOST, ca: authority.pem, maxVersion })
    await once(socket, 'secureConnect')
    socket.destroy()
  }

  expect(await acm.send(new DescribeCertificateCommand({ CertificateArn }))).toMatchObject({
    Certificate: { DomainName: HOST, Type: 'IMPORTED', InUseBy: [expect.stringContaining('domainconfiguration/own/')] },
  })
  expect(await acm.send(new GetCertificateCommand({ CertificateArn }))).toMatchObject({
    CertificateChain: authority.pem,
  })
  expect(await acm.send(new ListCertificatesCommand({}))).toMatchObject({
    CertificateSummaryList: [{ CertificateArn, DomainName: HOST }],
  })
  await expect(acm.send(new DeleteCertificateCommand({ CertificateArn }))).rejects.toMatchObject({
    name: 'ResourceInUseException',
  })
  await expect(
    client.domain('other', { domainName: 'other.example.com', serverCertificateArns }),
  ).rejects.toMatchObject({
    name: 'CertificateValidationException',
    message: expect.stringContaining('is not for other.example.com'),
  })
  await expect(client.domain('again', { domainName: HOST, serverCertificateArns })).rejects.toMatchObject({
    name: 'InvalidRequestException',
  })
  acm.destroy()
})

test('what does not go together is not imported', async () => {
  await using local = await startLocal()
  const acm = new ACMClient(local.sdk)
  const [one, other] = [await TestCertificate.selfSigned('CN=one'), await TestCertificate.selfSigned('CN=other')]
  const good = { Certificate: Buffer.from(one.pem), PrivateKey: keyOf(one) }
  for (const wrong of [
    { PrivateKey: keyOf(other) },
    { PrivateKey: Buffer.from('key') },
    { Certificate: Buffer.from('certificate') },
    { Certificate: Buffer.from(one.pem + other.pem) },
    { CertificateChain: Buffer.from(other.pem) },
    { Tags: [{ Key: 'a' }] },
  ]) {
    await expect(acm.send(new ImportCertificateCommand({ ...good, ...wrong }))).rejects.toMatchObject({
      name: 'ValidationException',
    })
  }
  acm.destroy()
})
