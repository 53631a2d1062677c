import { GetCredentialsForIdentityCommand, GetIdCommand } from '@aws-sdk/client-cognito-identity'
import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListAttachedPoliciesCommand,
  ListCertificatesCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import { presignMqttUrl } from '@thingdeck/sigv4'
import * as client from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Browser } from '../src/services/oidc/browser.test-support.ts'
import { startSecurity } from './support/security.ts'

describe('through SDK clients', () => {
  test('a certificate from creation to deletion', async () => {
    await using local = await startSecurity()
    const { certificateId, certificateArn, certificatePem, keyPair } = await local.iot.send(
      new CreateKeysAndCertificateCommand({ setAsActive: true }),
    )
    expect(keyPair?.PrivateKey).toContain('RSA PRIVATE KEY')
    const { certificateDescription } = await local.iot.send(new DescribeCertificateCommand({ certificateId }))
    expect(certificateDescription).toMatchObject({
      certificateArn,
      certificateId,
      certificatePem,
      status: 'ACTIVE',
      ownedBy: '123456789012',
      customerVersion: 1,
      certificateMode: 'DEFAULT',
      transferData: {},
      validity: { notAfter: new Date('2049-12-31T23:59:59Z') },
    })
    const { certificates } = await local.iot.send(new ListCertificatesCommand({}))
    expect(certificates).toEqual([
      {
        certificateArn,
        certificateId,
        status: 'ACTIVE',
        certificateMode: 'DEFAULT',
        creationDate: certificateDescription?.creationDate,
      },
    ])
    const remove = () => local.iot.send(new DeleteCertificateCommand({ certificateId }))
    await expect(remove()).rejects.toMatchObject({
      name: 'CertificateStateException',
      $metadata: { httpStatusCode: 406 },
    })
    await local.iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
    await local.iot.send(new CreatePolicyCommand({ policyName: 'p', policyDocument: OPEN }))
    await local.iot.send(new AttachPolicyCommand({ policyName: 'p', target: certificateArn }))
    await expect(remove()).rejects.toMatchObject({
      name: 'DeleteConflictException',
      $metadata: { httpStatusCode: 409 },
    })
    await local.iot.send(new DeleteCertificateCommand({ certificateId, forceDelete: true }))
    await expect(local.iot.send(new DescribeCertificateCommand({ certificateId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    })
  })

  test('a person signs in and gets an MQTT connection of their own', async () => {
    await using local = await startSecurity()
    const { issuer } = local.security
    const idToken = await signIn(issuer.options.url, 'ada')
    const login = { [issuer.options.url.href.replace('http://', '')]: idToken }
    const { IdentityId } = await local.cognito.send(
      new GetIdCommand({ IdentityPoolId: local.security.identityPoolId, Logins: login }),
    )
    await local.iot.send(new CreatePolicyCommand({ policyName: 'p', policyDocument: OPEN }))
    await local.iot.send(new AttachPolicyCommand({ policyName: 'p', target: IdentityId }))
    const { policies } = await local.iot.send(new ListAttachedPoliciesCommand({ target: IdentityId }))
    expect(policies?.map(({ policyName }) => policyName)).toEqual(['p'])

    const { Credentials } = await local.cognito.send(
      new GetCredentialsForIdentityCommand({ IdentityId, Logins: login }),
    )
    const { AccessKeyId = '', SecretKey = '', SessionToken } = Credentials ?? {}
    const date = new Date(local.now.ms)
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken }
    const url = new URL(
      await presignMqttUrl({ url: 'ws://localhost:7400/mqtt', region: 'eu-central-1', credentials, date }),
    )
    const caller = local.security.authenticator.authenticateMqtt({
      method: 'GET',
      url: url.pathname + url.search,
      headers: { host: 'localhost:7400' },
    })
    expect(caller).toMatchObject({
      kind: 'cognito',
      identityId: IdentityId,
      authenticated: true,
      roleName: 'thingdeck-operator',
      arn: 'arn:aws:sts::123456789012:assumed-role/thingdeck-operator/CognitoIdentityCredentials',
    })
  })
})

test('after the database was emptied, what is there from the beginning is there again', async () => {
  await using local = await startSecurity()
  const { security, context } = local
  const key = await security.issuer.publicKey()
  await local.iot.send(new CreatePolicyCommand({ policyName: 'p', policyDocument: OPEN }))
  context.database.clear()
  security.reset()
  expect(security.policies.store.find('p')).toBeUndefined()
  expect(security.roles.list().map(({ name }) => name)).toEqual([
    'thingdeck-admin',
    'thingdeck-operator',
    'thingdeck-viewer',
  ])
  expect(context.database.get('SELECT secrets FROM issuer_secrets')).toMatchObject({
    secrets: expect.stringContaining(key.kid ?? ''),
  })
})

const OPEN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
})

/** The id token of a person who signs in. */
async function signIn(issuer: URL, username: string): Promise<string> {
  const settings = await client.discovery(issuer, 'console', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  })
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const browser = new Browser(issuer.origin)
  const login = await browser.open(
    client.buildAuthorizationUrl(settings, {
      redirect_uri: 'http://localhost:7300/auth/callback',
      scope: 'openid profile',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    }),
  )
  const { url } = await browser.open(login.url, { person: username })
  return (await client.authorizationCodeGrant(settings, url, { pkceCodeVerifier })).id_token ?? ''
}
