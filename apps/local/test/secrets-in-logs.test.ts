import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateKeysAndCertificateCommand,
  CreateProvisioningClaimCommand,
  CreateTopicRuleDestinationCommand,
  IoTClient,
  TestInvokeAuthorizerCommand,
} from '@aws-sdk/client-iot'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { presignMqttUrl } from '@thingdeck/sigv4'
import { connect } from 'mqtt'
import { expect, test } from 'vitest'
import { type EmbeddedServerReady, embeddedServer, sdkOf } from '../../../scripts/run/embedded-server.ts'
import { Service } from '../../../scripts/run/service.ts'
import { AuthorizerClient, answering, BY_PASSWORD, connectWithPassword, EVERYTHING } from './support/authorizers.ts'
import { ClaimedDevice, createTemplate, makeClaim } from './support/claim.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { opened } from './support/mqtt-client.ts'
import { signIn } from './support/sign-in.ts'

/** What must be in no log: by what it is, the text to look for. */
class Secrets {
  readonly #marks = new Map<string, string>()
  #count = 0

  /** A text that is nowhere else. */
  make(what: string): string {
    this.#count += 1
    return this.keep(what, `hidden${String(this.#count).padStart(3, '0')}mark`)
  }

  keep(what: string, secret: string | undefined): string {
    if (secret === undefined || secret.length < 8) throw new Error(`There is no ${what}`)
    this.#marks.set(what, secret)
    return secret
  }

  /** Of a key a line of its text: in JSON its lines end otherwise. */
  keepKey(what: string, pem: string | undefined): void {
    this.keep(what, pem?.split('\n')[2])
  }

  /** Which of them stand in a text, as they are or as in an address. */
  foundIn(text: string): string[] {
    return [...this.#marks]
      .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
      .map(([what]) => what)
  }
}

const failing = async (call: Promise<unknown>) => {
  await expect(call).rejects.toThrow()
}

test('no key, password, token and signature ever stands in a log, however much is logged', async () => {
  const secrets = new Secrets()
  const lines: string[] = []
  const options = embeddedServer({ args: ['--log-level', 'trace'] })
  await using service = new Service({ ...options, onError: (line) => lines.push(line) })
  const ready = await service.ready<EmbeddedServerReady>()
  const local = {
    ...ready,
    urls: ready,
    sdk: sdkOf(ready),
    rootCa: await (await fetch(`${ready.http}/_local/root-ca.pem`)).text(),
  }
  await turnOn(local, 'DEBUG')
  const iot = new IoTClient(local.sdk)

  // Authorizers: who is let in, who is not, and one that fails; over MQTT, HTTPS and for a trial.
  using authorizers = new AuthorizerClient(local)
  await authorizers.create('passwords', BY_PASSWORD)
  await authorizers.functions.configure('passwords', { UPSTREAM_PASSWORD: secrets.make('variable of a function') })
  await authorizers.create('tokens', answering(EVERYTHING), { tokenKeyName: 'token' })
  await authorizers.create('broken', 'export const handler = async () => ({ isAuthenticated: "what" })')
  const username = (name: string) =>
    `u?x-amz-customauthorizer-name=${name}&token=${secrets.make('token of a user name')}`
  const password = (): string => secrets.make('password of MQTT')
  await failing(
    connectWithPassword(local, { clientId: 'pump-1', username: username('passwords'), password: password() }),
  )
  await failing(connectWithPassword(local, { clientId: 'pump-1', username: username('broken'), password: password() }))
  await using pump = await connectWithPassword(local, {
    clientId: 'pump-1',
    username: username('tokens'),
    password: password(),
  })
  await pump.mqtt.publishAsync('dt/pump-1', 'x', { qos: 1 })
  for (const name of ['tokens', 'passwords', 'nobody']) {
    const headers = {
      'x-amz-customauthorizer-name': name,
      token: secrets.make('header of HTTP'),
      authorization: `Bearer ${secrets.make('bearer token')}`,
    }
    const query = `?qos=1&token=${secrets.make('token of an address')}`
    await fetch(`${ready.http}/topics/dt/pump-1${query}`, { method: 'POST', headers, body: 'x' })
  }
  const mqttContext = { username: username('passwords'), password: Buffer.from(password()) }
  await iot.send(new TestInvokeAuthorizerCommand({ authorizerName: 'passwords', mqttContext }))

  // Keys that are made here.
  const { keyPair } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  secrets.keepKey('private key', keyPair?.PrivateKey)
  await createTemplate(iot, 'pumps')
  const claim = await iot.send(new CreateProvisioningClaimCommand({ templateName: 'pumps' }))
  secrets.keepKey('private key of a claim', claim.keyPair?.PrivateKey)
  await using device = await ClaimedDevice.connect(local, await makeClaim(local, 'pumps'), 'born-1')
  const born = await device.create()
  secrets.keepKey('private key of a device', born.privateKey)
  secrets.keep('ownership token', born.certificateOwnershipToken)
  await device.ask('$aws/provisioning-templates/pumps/provision', {
    certificateOwnershipToken: born.certificateOwnershipToken,
    parameters: { Wrong: secrets.make('parameter of a device') },
  })

  // Credentials, as they should be, and signed with something else.
  const iam = new IAMClient(local.sdk)
  await iam.send(new CreateUserCommand({ UserName: 'eve' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'eve' }))
  secrets.keep('secret access key', AccessKey?.SecretAccessKey)
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }],
  }
  await iam.send(new CreateRoleCommand({ RoleName: 'fitters', AssumeRolePolicyDocument: JSON.stringify(trust) }))
  const RoleArn = `arn:aws:iam::${ready.account}:role/fitters`
  const { Credentials } = await new STSClient(local.sdk).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'fitter' }),
  )
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: secrets.keep('secret key of a session', Credentials?.SecretAccessKey),
    sessionToken: secrets.keep('session token', Credentials?.SessionToken),
  }
  const wrong = { ...session, secretAccessKey: secrets.make('wrong secret') }
  await new STSClient({ ...local.sdk, credentials: session }).send(new GetCallerIdentityCommand({}))
  await failing(new STSClient({ ...local.sdk, credentials: wrong }).send(new GetCallerIdentityCommand({})))
  await failing(
    new STSClient({ ...local.sdk, credentials: { ...session, sessionToken: secrets.make('wrong token') } }).send(
      new GetCallerIdentityCommand({}),
    ),
  )
  for (const credentials of [local.sdk.credentials, session, wrong]) {
    const url = await presignMqttUrl({ url: ready.ws, region: ready.region, credentials })
    secrets.keep(
      `signature of ${credentials.secretAccessKey}`,
      new URL(url).searchParams.get('X-Amz-Signature') ?? undefined,
    )
    const client = opened(connect(url, { protocolVersion: 5, reconnectPeriod: 0 }))
    await client.then(
      ({ mqtt }) => mqtt.endAsync(),
      () => {},
    )
  }

  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const presigned = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${session.accessKeyId}/${date.slice(0, 8)}/${ready.region}/s3/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': '300',
    'X-Amz-Security-Token': session.sessionToken,
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': secrets.keep('signature of a file', '0123456789abcdef'.repeat(4)),
  })
  expect((await fetch(`${ready.http}/files/a?${presigned}`)).status).toBe(403)

  // People, and requests that are no good.
  const person = await signIn({ ...local, urls: ready }, 'ada')
  secrets.keep('session token of a person', person.credentials.sessionToken)
  await fetch(`${ready.oidcIssuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: secrets.make('code'),
      client_id: ready.oidcClientId,
      code_verifier: secrets.make('verifier'),
      redirect_uri: 'http://localhost:7300/auth/callback',
    }),
  })
  await fetch(`${ready.oidcIssuer}/auth?client_id=nobody&login_hint=${secrets.make('hint')}`)
  await fetch(`${ready.http}/things/x`, { method: 'POST', body: `{"broken": "${secrets.make('body')}"` })
  const confirmationUrl = `http://localhost:1/${secrets.make('path of a destination')}`
  await iot
    .send(
      new CreateTopicRuleDestinationCommand({
        destinationConfiguration: { httpUrlConfiguration: { confirmationUrl } },
      }),
    )
    .catch(() => {})

  // The server's own log, and what AWS's would have.
  const groups = await new CloudWatchLogsClient(local.sdk).send(new DescribeLogGroupsCommand({}))
  expect(groups.logGroups?.map(({ logGroupName }) => logGroupName)).toContain('AWSIotLogsV2')
  const iotLog = await entries(local)
  expect(iotLog.map(({ eventType }) => eventType)).toEqual(expect.arrayContaining(['Connect', 'Publish-In']))
  service.signal('SIGTERM')
  expect(await service.ended).toBe(0)
  expect(lines.length).toBeGreaterThan(20)
  expect(lines.some((line) => line.includes('a signature was refused'))).toBe(true)
  const found = [...lines, ...iotLog.map((entry) => JSON.stringify(entry))].flatMap((line) =>
    secrets.foundIn(line).map((what) => [what, line]),
  )
  expect(found).toEqual([])
})
