import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Authorizer, AuthorizerTestResult, DomainConfiguration, FunctionPermission } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { CERTIFICATE, CERTIFICATE_ID } from '../../../test/openssl-certificate.ts'
import { makeSigningKeys, signToken } from './signing-key.ts'

const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }
const VIEWER = { ...SESSION, person: { id: 'vera', name: 'Vera', role: 'viewer' as const } }
const KEYS = await makeSigningKeys()
const AUTHORIZER: Authorizer = {
  authorizerName: 'by-token',
  authorizerArn: 'arn:aws:iot:us-east-1:123456789012:authorizer/by-token',
  authorizerFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:check-token',
  status: 'ACTIVE',
  signingDisabled: false,
  tokenKeyName: 'token',
  tokenSigningPublicKeys: { 'key-1': KEYS.publicKeyPem },
  enableCachingForHttp: false,
}
const DOMAIN: DomainConfiguration = {
  domainConfigurationName: 'devices',
  domainConfigurationArn: 'arn:aws:iot:us-east-1:123456789012:domainconfiguration/devices/abc12',
  domainName: 'devices.example.com',
  status: 'ENABLED',
  domainType: 'CUSTOMER_MANAGED',
  serverCertificates: [],
  authorizer: { defaultAuthorizerName: 'by-token', allowAuthorizerOverride: false },
  authenticationType: 'CUSTOM_AUTH',
  applicationProtocol: 'SECURE_MQTT',
}
const ANSWER: AuthorizerTestResult = {
  outcome: 'answered',
  isAuthenticated: true,
  principalId: 'pump7',
  policyDocuments: [
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'iot:Connect',
          Resource: 'arn:aws:iot:us-east-1:123456789012:client/${iot:ClientId}',
        },
        { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:us-east-1:123456789012:topic/up/*' },
      ],
    }),
  ],
  refreshAfterInSeconds: 300,
  disconnectAfterInSeconds: 3_600,
  tookMs: 42,
}

const routes = (more: Parameters<typeof openApp>[1] = {}) => ({
  '/api/session': () => json(ADMIN),
  '/api/authorizers': () => json({ authorizers: ['by-token'] }),
  '/api/authorizers/by-token': () => json(AUTHORIZER),
  '/api/authorizers/by-token/permission': () => json({ outcome: 'no-policy' } satisfies FunctionPermission),
  '/api/default-authorizer': () => json({ authorizerName: 'other' }),
  '/api/domain-configurations': () => json({ domainConfigurations: [DOMAIN], isAll: true }),
  '/api/overview/device-endpoint': () =>
    json({
      host: 'a1-ats.iot.us-east-1.amazonaws.com',
      port: 8883,
      rootCaUrl: 'https://a.example/ca',
      region: 'us-east-1',
    }),
  ...more,
})

beforeAll(() => loadPages('/authorizers', '/authorizers/$authorizerName', '/create-authorizer', '/try-authorizer'))

test('the list says of each whether it is active, who asks it and which function decides', async () => {
  openApp('/authorizers', routes())
  expect(await screen.findByText('check-token')).toBeTruthy()
  const row = screen.getByRole('link', { name: 'by-token' }).closest('tr') ?? document.body
  await within(row).findByText('ACTIVE')
  expect(await within(row).findByRole('link', { name: 'devices' })).toBeTruthy()
})

test('a function that AWS IoT may not invoke is told with the command that mends it', async () => {
  openApp('/authorizers/by-token', routes())
  expect(await screen.findByText(/The function has no policy: AWS IoT may not invoke it/)).toBeTruthy()
  const command = await screen.findByText(/^aws lambda add-permission/)
  expect(command.textContent).toContain(`--source-arn ${AUTHORIZER.authorizerArn}`)
  expect(await screen.findByText('RSA, 2048 bits')).toBeTruthy()
  expect(await screen.findByText(/It is asked for all that connect to the domain devices/)).toBeTruthy()
})

test('another default is replaced in one act, as it was seen', async () => {
  let sent: unknown
  openApp(
    '/authorizers/by-token',
    routes({
      'PUT /api/default-authorizer': (_, init) => {
        sent = JSON.parse(String(init?.body))
        return json({ authorizerName: 'by-token' })
      },
    }),
  )
  const set = await screen.findByRole('button', { name: 'Set as default' })
  // Until then it says that it was not read yet which one is the default.
  await waitFor(() => expect(set.getAttribute('aria-disabled')).toBeNull())
  fireEvent.click(set)
  expect(await screen.findByText(/It takes the place of other/)).toBeTruthy()
  const dialog = screen.getByRole('dialog', { name: /default authorizer/ })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Set as default' }))
  await waitFor(() => expect(sent).toEqual({ authorizerName: 'by-token', expectedDefault: 'other' }))
})

test('a viewer sees it all, and changes nothing', async () => {
  openApp('/authorizers/by-token', routes({ '/api/session': () => json(VIEWER) }))
  const deactivate = await screen.findByRole('button', { name: 'Deactivate authorizer' })
  expect(deactivate.getAttribute('aria-disabled') ?? deactivate.getAttribute('disabled')).not.toBeNull()
  expect(screen.getByRole('link', { name: 'Try out' })).toBeTruthy()
})

test('a private key that is made here is saved here, and AWS IoT gets the public one alone', async () => {
  let sent = ''
  openApp(
    '/create-authorizer',
    routes({
      'POST /api/authorizers': (_, init) => {
        sent = String(init?.body)
        return json(AUTHORIZER)
      },
    }),
  )
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'by-token' } })
  fireEvent.change(screen.getByLabelText('Function'), { target: { value: AUTHORIZER.authorizerFunctionArn } })
  fireEvent.click(screen.getByRole('button', { name: 'Create authorizer' }))
  expect(await screen.findByText('Save the private key now')).toBeTruthy()
  expect(sent).toContain('BEGIN PUBLIC KEY')
  expect(sent).not.toContain('PRIVATE KEY')
})

test('a private key in place of a public one is told, and not sent', async () => {
  const { asked } = openApp('/create-authorizer', routes())
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'by-token' } })
  fireEvent.change(screen.getByLabelText('Function'), { target: { value: AUTHORIZER.authorizerFunctionArn } })
  fireEvent.click(screen.getByRole('radio', { name: /Your own public key/ }))
  fireEvent.change(screen.getByLabelText('Public key'), { target: { value: KEYS.privateKeyPem } })
  expect(await screen.findByText(/This is a private key, which must not leave where it is/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Create authorizer' }))
  expect(await screen.findByText('The authorizer could not be created')).toBeTruthy()
  expect(asked.filter((each) => each.startsWith('POST'))).toEqual([])
})

const step = (number: number) => screen.getByRole('region', { name: new RegExp(`^Step ${number}:`) })

test('credentials are followed to what the client may, and leave nothing in the address', async () => {
  let sent: unknown
  const { history } = openApp(
    '/try-authorizer?domain=devices&client=pump-7',
    routes({
      'POST /api/authorizers/by-token/test': (_, init) => {
        sent = JSON.parse(String(init?.body))
        return json(ANSWER)
      },
    }),
  )
  const signature = await signToken(KEYS.privateKeyPem, 'secret-token')
  const userName = await screen.findByLabelText('User name')
  await waitFor(() => expect(step(2).textContent).toContain('It is the authorizer of the domain devices'))
  await waitFor(() => expect(step(3).textContent).toContain('No token was sent'))
  expect(screen.getByRole('button', { name: 'Run the function' }).getAttribute('aria-disabled')).toBe('true')

  const write = (token: string) => {
    const value = `?token=${token}&x-amz-customauthorizer-signature=${encodeURIComponent(signature)}`
    fireEvent.change(userName, { target: { value } })
  }
  write('other-token')
  await waitFor(() => expect(step(3).textContent).toContain('The signature is not that of this token'))
  write('secret-token')
  await waitFor(() => expect(step(3).textContent).toContain('The public key key-1 verifies it'))
  expect(step(4).textContent).toContain('"signatureVerified": true')
  fireEvent.click(screen.getByRole('button', { name: 'Run the function' }))
  await waitFor(() => expect(step(5).textContent).toContain('It lets the client in, after 42 ms'))
  expect(sent).toMatchObject({
    token: 'secret-token',
    tokenSignature: signature,
    mqttContext: { clientId: 'pump-7' },
    tlsContext: { serverName: 'devices.example.com' },
  })
  expect(step(6).textContent).toContain('3 of 4 denied')
  expect(step(6).textContent).toContain('document 1, as answered, statement 1')

  const kept = [history.location.href, ...Object.values(localStorage), ...Object.values(sessionStorage)].join('\n')
  for (const secret of ['secret-token', signature, encodeURIComponent(signature)]) expect(kept).not.toContain(secret)
})

test('where a domain wants a certificate besides, the function is told of it, and its policies are a link away', async () => {
  const domain = { ...DOMAIN, authenticationType: 'CUSTOM_AUTH_X509' } as const
  openApp(
    '/try-authorizer?domain=devices&client=pump-7',
    routes({
      '/api/domain-configurations': () => json({ domainConfigurations: [domain], isAll: true }),
      'POST /api/authorizers/by-token/test': () => json(ANSWER),
    }),
  )
  await waitFor(() => expect(step(4).textContent).toContain('"principalId": "CERTIFICATE ID"'))
  fireEvent.change(screen.getByLabelText(/^Certificate of the client/), { target: { value: CERTIFICATE } })
  await waitFor(() => expect(step(4).textContent).toContain(`"principalId": "${CERTIFICATE_ID}"`))
  expect(step(4).textContent).toContain('"x509CertificatePem"')
  expect(step(5).textContent).toContain('TestInvokeAuthorizer has no place for a certificate')
  const signature = await signToken(KEYS.privateKeyPem, 'a')
  const value = `?token=a&x-amz-customauthorizer-signature=${encodeURIComponent(signature)}`
  fireEvent.change(screen.getByLabelText('User name'), { target: { value } })
  await waitFor(() => expect(step(3).textContent).toContain('verifies it'))
  fireEvent.click(screen.getByRole('button', { name: 'Run the function' }))
  await waitFor(() => expect(step(5).textContent).toContain('With this certificate AWS IoT takes its id alone'))
  const link = await within(step(6)).findByRole('link', { name: 'What does its certificate allow?' })
  expect(link.getAttribute('href')).toContain(CERTIFICATE_ID)
})

test('without the role nobody runs the function', async () => {
  openApp('/try-authorizer?domain=devices', routes({ '/api/session': () => json(VIEWER) }))
  const run = await screen.findByRole('button', { name: 'Run the function' })
  expect(run.getAttribute('aria-disabled')).toBe('true')
})

test('what AWS refuses is told, and an authorizer that is gone too', async () => {
  openApp(
    '/authorizers/by-token',
    routes({ '/api/authorizers/by-token': () => problem(404, 'ResourceNotFoundException', 'gone') }),
  )
  expect(await screen.findByText(/There is no authorizer named by-token/)).toBeTruthy()
})

test('a name that no authorizer has is told at its step', async () => {
  openApp(
    '/try-authorizer?authorizer=by-tokn',
    routes({ '/api/authorizers/by-tokn': () => problem(404, 'ResourceNotFoundException', 'gone') }),
  )
  const step = await screen.findByRole('region', { name: /^Step 2:/ })
  expect(await within(step).findByText(/There is no authorizer by-tokn/)).toBeTruthy()
  expect(within(step).getByText(/The log says CUSTOM_AUTHORIZER_NOT_FOUND/)).toBeTruthy()
})
