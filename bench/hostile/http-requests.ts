import { signedRequest, uriEncoded } from '../api/signed-request.ts'
import type { Random } from './random.ts'

const NAMES = [
  'lamp',
  'a',
  'é',
  '%00',
  '..',
  '',
  'x'.repeat(200),
  'a:b',
  '*',
  '%2F',
  '$aws',
  '__proto__',
  'constructor',
]
const VALUES: readonly unknown[] = [
  null,
  '',
  'text',
  0,
  -1,
  1e308,
  true,
  [],
  {},
  '\ud800',
  '\u0000',
  'x'.repeat(3000),
  { a: { a: { a: [] } } },
  '2026-13-99',
  'arn:aws:iot:us-east-1:123456789012:thing/lamp',
  '{"Version":"2012-10-17","Statement":[]}',
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
]

/** Paths of operations of all kinds, each with a name in place of the star and members that its input knows. */
const OPERATIONS: readonly [service: 'iot' | 'iotdata', methods: string, path: string, members: string][] = [
  [
    'iot',
    'POST PATCH GET DELETE',
    '/things/*',
    'thingTypeName attributePayload expectedVersion removeThingType billingGroupName',
  ],
  ['iot', 'GET', '/things', 'nextToken maxResults attributeName attributeValue thingTypeName usePrefixAttributeValue'],
  ['iot', 'POST GET DELETE', '/thing-types/*', 'thingTypeProperties tags undoDeprecate'],
  ['iot', 'POST PATCH GET DELETE', '/thing-groups/*', 'parentGroupName thingGroupProperties tags expectedVersion'],
  ['iot', 'POST GET DELETE', '/policies/*', 'policyDocument tags'],
  ['iot', 'POST GET', '/policies/*/version', 'policyDocument setAsDefault'],
  ['iot', 'PUT', '/target-policies/*', 'target'],
  ['iot', 'POST', '/attached-policies/*', 'recursive marker pageSize'],
  ['iot', 'GET', '/effective-policies', 'thingName principal cognitoIdentityPoolId'],
  ['iot', 'POST', '/test-authorization', 'principal authInfos policyNamesToAdd policyNamesToSkip clientId'],
  ['iot', 'POST', '/certificates', 'certificateSigningRequest setAsActive'],
  ['iot', 'POST', '/certificate/register-no-ca', 'certificatePem status'],
  ['iot', 'GET PUT DELETE', '/certificates/*', 'newStatus forceDelete'],
  ['iot', 'PUT GET', '/things/*/principals', 'principal thingPrincipalType'],
  ['iot', 'POST GET PUT DELETE', '/role-aliases/*', 'roleArn credentialDurationSeconds tags'],
  ['iot', 'POST', '/tags', 'resourceArn tags'],
  ['iot', 'POST', '/untag', 'resourceArn tagKeys'],
  ['iot', 'POST', '/indices/search', 'indexName queryString maxResults nextToken queryVersion'],
  ['iot', 'POST', '/indices/statistics', 'indexName queryString aggregationField queryVersion'],
  ['iot', 'POST GET', '/indexing/config', 'thingIndexingConfiguration thingGroupIndexingConfiguration'],
  ['iot', 'GET', '/endpoint', 'endpointType'],
  ['iotdata', 'POST GET DELETE', '/things/*/shadow', 'state version clientToken name'],
  ['iotdata', 'GET', '/api/things/shadow/ListNamedShadowsForThing/*', 'nextToken pageSize'],
  ['iotdata', 'POST', '/topics/*', 'qos retain messageExpiry contentType'],
  ['iotdata', 'GET', '/retainedMessage/*', ''],
  ['iotdata', 'GET', '/retainedMessage', 'maxResults nextToken'],
  ['iotdata', 'GET DELETE', '/connections/*', 'cleanSession preventWillMessage includeSocketInformation'],
]

/** A request that is signed as it should be, so that what is wrong in it reaches whoever answers. */
export function deepRequest(random: Random, port: number): Buffer {
  const [service, methods, path, members] = random.pick(OPERATIONS)
  const names = members.split(' ').filter((name) => name !== '')
  const given = names.filter(() => random.chance(0.7)).map((name) => [name, valueFor(random, name)])
  const query = given
    .filter(() => random.chance(0.5))
    .map(([name, value]) => `${name}=${encoded(String(value))}`)
    .sort()
  const input = JSON.stringify(Object.fromEntries(given))
  const body = random.chance(0.1) ? input.slice(0, random.below(input.length)) : input
  return signedRequest(
    {
      service,
      method: random.pick(methods.split(' ')),
      path: path.replace('*', () => encoded(random.pick(NAMES))),
      query: query.join('&'),
      body,
    },
    port,
  )
}

/** Now and then what such a member looks like, or nearly. */
function valueFor(random: Random, name: string): unknown {
  if (random.chance(0.5)) return random.pick(VALUES)
  if (name === 'attributePayload')
    return { attributes: { [random.pick(NAMES)]: random.pick(VALUES) }, merge: random.chance(0.5) }
  if (name === 'tags') return [{ Key: random.pick(NAMES), Value: random.pick(VALUES) }]
  if (name === 'state') return { desired: { [random.pick(NAMES)]: random.pick(VALUES) }, reported: random.pick(VALUES) }
  if (name === 'authInfos') return [{ actionType: 'PUBLISH', resources: [random.pick(NAMES)] }, random.pick(VALUES)]
  if (name === 'queryString')
    return random.pick(['*', 'thingName:*', 'a:[1 TO', '((((', 'shadow.reported.x:1e999', 'NOT', ':'])
  if (name.endsWith('Document')) return JSON.stringify({ Version: '2012-10-17', Statement: random.pick(VALUES) })
  if (/max|size|version|expiry/i.test(name)) return random.pick([0, 1, 250, 251, -1, '1', 1.5, 2 ** 53])
  return random.pick(NAMES)
}

/** A half of a surrogate pair is no text: it becomes U+FFFD. */
const encoded = (text: string) => uriEncoded(text.toWellFormed())

/** Pieces of what is spoken at these ports, to be cut and mixed. */
const SCRAPS: readonly Buffer[] = [
  'GET /mqtt HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n',
  'POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n{',
  'POST /topics/a?qos=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi',
  'Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/iot/aws4_request, SignedHeaders=host\r\n',
  'Transfer-Encoding: chunked\r\n\r\nffffffff\r\n',
  'GET /%zz/%c0%80?X-Amz-Signature=1&X-Amz-Credential=%00 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'X-Amz-Target: AWSCognitoIdentityService.GetId\r\nContent-Type: application/x-amz-json-1.1\r\n',
  'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 21\r\n\r\nAction=GetSessionToken',
  'POST /oidc/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc',
  'GET /oidc/auth?client_id=%FF HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /role-aliases/%E0%A4%A/credentials HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /_local/refusals HTTP/1.1\r\nHost: localhost\r\nX-Amz-Date: never\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.test\r\n\r\n',
  'Expect: 100-continue\r\nContent-Length: -1\r\n\r\n',
  '\r\n\r\n',
].map((text) => Buffer.from(text))

/** Bytes that are a request at best by chance. */
export function scraps(random: Random): Buffer {
  const parts = Array.from({ length: 1 + random.below(6) }, () =>
    random.chance(0.25) ? random.bytes(random.below(40)) : random.pick(SCRAPS),
  )
  return Buffer.concat(parts)
}
