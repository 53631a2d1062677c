import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:https'
import { connect as connectTls } from 'node:tls'
import {
  DeleteAuthorizerCommand,
  DeleteDomainConfigurationCommand,
  DescribeDomainConfigurationCommand,
  DescribeEndpointCommand,
  ListDomainConfigurationsCommand,
  ListTagsForResourceCommand,
  UpdateAuthorizerCommand,
  UpdateDomainConfigurationCommand,
} from '@aws-sdk/client-iot'
import { connect } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import {
  AuthorizerClient,
  answering,
  BY_PASSWORD,
  connectWithPassword,
  EVERYTHING,
  functionArn,
} from './support/authorizers.ts'
import { makeDevice, policyOf } from './support/device.ts'
import { LogReader } from './support/log-reader.ts'
import { connectDevice, connectWebSocket, opened } from './support/mqtt-client.ts'

let local: Local
let client: AuthorizerClient
let log: LogReader

beforeAll(async () => {
  local = await startLocal()
  client = new AuthorizerClient(local)
  log = await LogReader.open(local)
  await client.create('anybody', answering(EVERYTHING))
  await client.create('passwords', BY_PASSWORD)
})

afterAll(async () => {
  client[Symbol.dispose]()
  await local.close()
})

/** A domain for one test, which is gone after it. */
async function withDomain(
  more: Parameters<AuthorizerClient['domain']>[1],
  use: (domain: { name: string; host: string }) => Promise<void>,
): Promise<void> {
  const name = `d-${randomUUID().slice(0, 8)}`
  const host = await client.domain(name, more)
  try {
    await use({ name, host })
  } finally {
    await client.iot.send(
      new UpdateDomainConfigurationCommand({ domainConfigurationName: name, domainConfigurationStatus: 'DISABLED' }),
    )
    local.advanceClock(7 * 86_400_000)
    await client.iot.send(new DeleteDomainConfigurationCommand({ domainConfigurationName: name }))
  }
}

describe('the operations', () => {
  test('a domain that AWS manages has a name within the server’s, and all that was said', async () => {
    await withDomain(
      {
        authorizerConfig: { defaultAuthorizerName: 'anybody', allowAuthorizerOverride: false },
        authenticationType: 'CUSTOM_AUTH',
        applicationProtocol: 'SECURE_MQTT',
        tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' },
        tags: [{ Key: 'site', Value: 'north' }],
      },
      async ({ name, host }) => {
        expect(host).toBe(`${name}.localhost`)
        const described = await client.iot.send(
          new DescribeDomainConfigurationCommand({ domainConfigurationName: name }),
        )
        expect(described).toMatchObject({
          domainConfigurationName: name,
          domainConfigurationArn: expect.stringMatching(
            new RegExp(`^arn:aws:iot:us-east-1:123456789012:domainconfiguration/${name}/[a-z0-9]{5}$`),
          ),
          domainName: host,
          serverCertificates: [],
          authorizerConfig: { defaultAuthorizerName: 'anybody', allowAuthorizerOverride: false },
          domainConfigurationStatus: 'ENABLED',
          serviceType: 'DATA',
          domainType: 'AWS_MANAGED',
          lastStatusChangeDate: expect.any(Date),
          tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' },
          authenticationType: 'CUSTOM_AUTH',
          applicationProtocol: 'SECURE_MQTT',
        })
        const { domainConfigurationArn: resourceArn } = described
        expect(await client.iot.send(new ListTagsForResourceCommand({ resourceArn }))).toMatchObject({
          tags: [{ Key: 'site', Value: 'north' }],
        })
        await client.iot.send(new UpdateAuthorizerCommand({ authorizerName: 'anybody', status: 'INACTIVE' }))
        await expect(client.iot.send(new DeleteAuthorizerCommand({ authorizerName: 'anybody' }))).rejects.toMatchObject(
          {
            name: 'DeleteConflictException',
            message: expect.stringContaining(name),
          },
        )
        await client.iot.send(new UpdateAuthorizerCommand({ authorizerName: 'anybody', status: 'ACTIVE' }))
        await expect(
          client.iot.send(new DeleteDomainConfigurationCommand({ domainConfigurationName: name })),
        ).rejects.toMatchObject({ name: 'InvalidRequestException' })
        await expect(client.domain(name)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
      },
    )
  })

  test('the default endpoints are there, and cannot be changed', async () => {
    const { domainConfigurations = [] } = await client.iot.send(new ListDomainConfigurationsCommand({}))
    expect(domainConfigurations.map(({ domainConfigurationName }) => domainConfigurationName)).toEqual([
      'iot:CredentialProvider',
      'iot:Data-ATS',
      'iot:Jobs',
    ])
    const domainConfigurationName = 'iot:Data-ATS'
    expect(await client.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName }))).toMatchObject({
      domainName: 'localhost',
      domainType: 'ENDPOINT',
    })
    const update = new UpdateDomainConfigurationCommand({ domainConfigurationName, authenticationType: 'AWS_X509' })
    await expect(client.iot.send(update)).rejects.toMatchObject({ name: 'InvalidRequestException' })
    for (const endpointType of ['IOT:DATA-ats', 'iot:jobs']) {
      expect(await client.iot.send(new DescribeEndpointCommand({ endpointType }))).toMatchObject({
        endpointAddress: 'localhost',
      })
    }
  })

  test.each([
    ['AWS_X509 over WebSocket', { authenticationType: 'AWS_X509', applicationProtocol: 'MQTT_WSS' }],
    ['AWS_SIGV4 over MQTT', { authenticationType: 'AWS_SIGV4', applicationProtocol: 'SECURE_MQTT' }],
    ['CUSTOM_AUTH_X509 over WebSocket', { authenticationType: 'CUSTOM_AUTH_X509', applicationProtocol: 'MQTT_WSS' }],
    ['a type without a protocol', { authenticationType: 'CUSTOM_AUTH' }],
    ['a protocol without a type', { applicationProtocol: 'HTTPS' }],
    [
      'an authorizer with AWS_X509',
      {
        authenticationType: 'AWS_X509',
        applicationProtocol: 'HTTPS',
        authorizerConfig: { defaultAuthorizerName: 'anybody' },
      },
    ],
    ['an authorizer that is not there', { authorizerConfig: { defaultAuthorizerName: 'nobody' } }],
    [
      'a look at certificates without any',
      {
        authenticationType: 'CUSTOM_AUTH',
        applicationProtocol: 'HTTPS',
        clientCertificateConfig: { clientCertificateCallbackArn: functionArn('x') },
      },
    ],
    ['a security policy that is none', { tlsConfig: { securityPolicy: 'TLS' } }],
    ['OCSP responses', { serverCertificateConfig: { enableOCSPCheck: true } }],
    ['another service', { serviceType: 'JOBS' }],
    ['a domain without a certificate', { domainName: 'iot.example.com' }],
  ] as const)('%s is refused', async (_, more) => {
    await expect(client.domain('refused', more)).rejects.toMatchObject({ name: 'InvalidRequestException' })
  })

  test('no more than ten', async () => {
    await using other = await startLocal()
    using others = new AuthorizerClient(other)
    for (let index = 0; index < 10; index += 1) await others.domain(`d${index}`)
    await expect(others.domain('d10')).rejects.toMatchObject({ name: 'LimitExceededException' })
    const names = []
    let marker: string | undefined
    do {
      const page = await others.iot.send(
        new ListDomainConfigurationsCommand({ pageSize: 4, serviceType: 'DATA', marker }),
      )
      names.push(...(page.domainConfigurations ?? []).map(({ domainConfigurationName }) => domainConfigurationName))
      marker = page.nextMarker
    } while (marker !== undefined)
    expect(names).toEqual([...Array.from({ length: 10 }, (_, index) => `d${index}`), 'iot:Data-ATS'])
  })
})

/** What TLS agrees on where a client names a domain. */
async function handshake(servername: string, options: { maxVersion?: 'TLSv1.2'; ciphers?: string } = {}) {
  const socket = connectTls({
    host: 'localhost',
    port: Number(new URL(local.urls.https).port),
    ca: local.rootCa,
    servername,
    ...options,
  })
  await Promise.race([once(socket, 'secureConnect'), once(socket, 'error').then(([error]) => Promise.reject(error))])
  const { subject, subjectaltname } = socket.getPeerCertificate()
  const protocol = socket.getProtocol()
  socket.destroy()
  return { name: subject.CN, subjectaltname, protocol }
}

describe('TLS', () => {
  test('the certificate follows the name, whichever case and kind', async () => {
    await withDomain({}, async ({ host }) => {
      expect(await handshake(host)).toEqual({ name: host, subjectaltname: `DNS:${host}`, protocol: 'TLSv1.3' })
      expect(await handshake(host.toUpperCase())).toMatchObject({ name: host })
      expect(await handshake(host, { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' })).toMatchObject({
        name: host,
      })
      expect(await handshake('localhost')).toMatchObject({ name: 'localhost' })
    })
  })

  test('so does the security policy', async () => {
    await withDomain({ tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' } }, async ({ host }) => {
      await expect(handshake(host, { maxVersion: 'TLSv1.2' })).rejects.toThrow()
      expect(await handshake('localhost', { maxVersion: 'TLSv1.2' })).toMatchObject({ protocol: 'TLSv1.2' })
    })
  })
})

/** The status of a request to a domain. */
async function post(
  host: string,
  tls: object = {},
  headers: Record<string, string> = {},
): Promise<number | string | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | string | undefined>()
  const url = new URL('/topics/a', local.urls.https)
  const options = { method: 'POST', ca: local.rootCa, servername: host, headers, agent: false, ...tls }
  request(url, options, (response) => resolve(response.resume().statusCode))
    .on('error', ({ name }) => resolve(name))
    .end('x')
  return promise
}

describe('who is let in', () => {
  test('CUSTOM_AUTH over MQTT: by the domain’s authorizer, without ALPN, and by no other', async () => {
    const authorizerConfig = { defaultAuthorizerName: 'passwords', allowAuthorizerOverride: false }
    const typed = { authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'SECURE_MQTT', authorizerConfig } as const
    await withDomain(typed, async ({ name, host }) => {
      const options = { clientId: 'pump-7', servername: host, username: 'u', password: 'secret', ALPNProtocols: [] }
      const named = { ...options, username: '?x-amz-customauthorizer-name=anybody' }
      await using pump = await connectWithPassword(local, options)
      expect(pump.mqtt.connected).toBe(true)
      await expect(connectWithPassword(local, named)).rejects.toMatchObject({ code: 0x87 })
      expect(await log.entry('Connection.AuthNError', { reason: 'CUSTOM_AUTHORIZER_PARAMETER_INVALID' })).toMatchObject(
        {
          serverNameIndication: host,
        },
      )
      const override = { ...authorizerConfig, allowAuthorizerOverride: true }
      await client.iot.send(
        new UpdateDomainConfigurationCommand({ domainConfigurationName: name, authorizerConfig: override }),
      )
      await using other = await connectWithPassword(local, { ...named, clientId: 'other' })
      expect(other.mqtt.connected).toBe(true)
      expect(await post(host)).not.toBe(200)
      const removed = { domainConfigurationName: name, removeAuthorizerConfig: true }
      await client.iot.send(new UpdateDomainConfigurationCommand(removed))
      await expect(connectWithPassword(local, options)).rejects.toMatchObject({ code: 0x87 })
    })
  })

  test('a domain that is disabled receives nobody', async () => {
    await withDomain({}, async ({ name, host }) => {
      const device = await makeDevice(local)
      const { cert, key } = device
      const clientId = randomUUID()
      await using before = await connectDevice(local, device, { clientId, servername: host })
      expect(before.mqtt.connected).toBe(true)
      expect(await post(host, { cert, key })).toBe(200)
      const off = { domainConfigurationName: name, domainConfigurationStatus: 'DISABLED' } as const
      await client.iot.send(new UpdateDomainConfigurationCommand(off))
      await expect(connectDevice(local, device, { clientId: randomUUID(), servername: host })).rejects.toThrow()
      expect(await post(host, { cert, key })).toBe('Error')
      expect(await log.entry('Connection.AuthNError', { serverNameIndication: host })).toMatchObject({
        reason: 'DOMAIN_CONFIGURATION_DISABLED',
      })
    })
  })

  test('CUSTOM_AUTH over HTTPS, and nothing else', async () => {
    const authorizerConfig = { defaultAuthorizerName: 'anybody' }
    const typed = { authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'HTTPS', authorizerConfig } as const
    await withDomain(typed, async ({ host }) => {
      expect(await post(host)).toBe(200)
      expect(await post(host, {}, { authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/iotdata/aws4_request' })).toBe(
        403,
      )
      const url = local.urls.wss
      const wsOptions = { ca: local.rootCa, servername: host }
      const webSocket = connect(url, { reconnectPeriod: 0, wsOptions, clientId: randomUUID() })
      await expect(opened(webSocket)).rejects.toThrow()
      const direct = connectWithPassword(local, { clientId: randomUUID(), servername: host })
      await expect(direct).rejects.toThrow()
    })
  })

  test('AWS_SIGV4 over WebSocket: no authorizer, even if one is named', async () => {
    const typed = { authenticationType: 'AWS_SIGV4', applicationProtocol: 'MQTT_WSS' } as const
    await withDomain(typed, async ({ host }) => {
      const wsOptions = { ca: local.rootCa, servername: host }
      await using signed = await connectWebSocket(local, { url: local.urls.wss, clientId: randomUUID(), wsOptions })
      expect(signed.mqtt.connected).toBe(true)
      const url = `${local.urls.wss}?x-amz-customauthorizer-name=anybody`
      const webSocket = connect(url, { reconnectPeriod: 0, wsOptions, clientId: randomUUID() })
      await expect(opened(webSocket)).rejects.toThrow()
      expect(await post(host)).toBe(403)
    })
  })
})

describe('a certificate and an authorizer', () => {
  const typed = { authenticationType: 'CUSTOM_AUTH_X509', applicationProtocol: 'SECURE_MQTT' } as const

  test('the policies of both count, and the principal is the certificate’s', async () => {
    await client.create(
      'both',
      answering(`({
      isAuthenticated: event.protocolData.tls.x509CertificatePem.startsWith('-----BEGIN') && event.protocolData.mqtt.username === 'u',
      principalId: event.protocolData.tls.principalId,
      policyDocuments: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:us-east-1:123456789012:topic/granted/\${iot:CertificateId}' } }],
    })`),
    )
    const device = await makeDevice(local, {
      policy: policyOf(['Allow', 'iot:Connect', '*'], ['Allow', 'iot:Publish', 'topic/own']),
    })
    await withDomain({ ...typed, authorizerConfig: { defaultAuthorizerName: 'both' } }, async ({ host }) => {
      const { cert, key, certificateId } = device
      const options = { clientId: 'pump-7', username: 'u', servername: host, cert, key }
      await using pump = await connectWithPassword(local, options)
      await pump.mqtt.publishAsync('own', 'x', { qos: 1 })
      await pump.mqtt.publishAsync(`granted/${certificateId}`, 'x', { qos: 1 })
      await expect(pump.mqtt.publishAsync('other', 'x', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
      expect(local.refusals()[0]).toMatchObject({ principal: certificateId })
      await expect(connectWithPassword(local, { ...options, username: 'v' })).rejects.toMatchObject({ code: 0x87 })
      expect(await log.entry('Connection.AuthNError', { principalId: certificateId })).toMatchObject({
        authenticationType: 'CUSTOM_AUTH_X509',
      })
      const { cert: _cert, key: _key, ...without } = options
      await expect(connectWithPassword(local, without)).rejects.toThrow()
    })
  })

  test('another principal than the certificate’s is refused', async () => {
    const { cert, key } = await makeDevice(local)
    await withDomain({ ...typed, authorizerConfig: { defaultAuthorizerName: 'anybody' } }, async ({ host }) => {
      const options = { clientId: randomUUID(), servername: host, cert, key }
      await expect(connectWithPassword(local, options)).rejects.toMatchObject({ code: 0x87 })
    })
  })
})

test('a function looks at client certificates before they are let in', async () => {
  await client.functions.create(
    'looks',
    answering(
      `({ isAuthenticated: event.serverName.endsWith('.localhost') && event.clientCertificateChain.length === 1 && event.principalId === process.env.ALLOWED })`,
    ),
  )
  const [good, bad] = [await makeDevice(local), await makeDevice(local)]
  const clientCertificateConfig = { clientCertificateCallbackArn: functionArn('looks') }
  const mqtt = { authenticationType: 'AWS_X509', applicationProtocol: 'SECURE_MQTT', clientCertificateConfig } as const
  await withDomain(mqtt, async ({ name, host }) => {
    const { domainConfigurationArn = '' } = await client.iot.send(
      new DescribeDomainConfigurationCommand({ domainConfigurationName: name }),
    )
    await client.permit('looks', domainConfigurationArn.replace(/^.*?:(?=domainconfiguration)/, ''))
    await client.functions.configure('looks', { ALLOWED: good.certificateId })
    await using pump = await connectDevice(local, good, { clientId: randomUUID(), servername: host })
    expect(pump.mqtt.connected).toBe(true)
    await expect(connectDevice(local, bad, { clientId: randomUUID(), servername: host })).rejects.toMatchObject({
      code: 0x87,
    })
    const https = { domainConfigurationName: name, applicationProtocol: 'HTTPS' } as const
    await client.iot.send(new UpdateDomainConfigurationCommand(https))
    expect(await post(host, { cert: good.cert, key: good.key })).toBe(200)
    expect(await post(host, { cert: bad.cert, key: bad.key })).toBe('Error')
    expect(await post(host)).toBe('Error')
  })
})
