import { nearestName } from '@thingdeck/json'
import { ALTERNATIVE_NAME_KINDS, DISTINGUISHED_NAME_ATTRIBUTES } from '../certificate-context.ts'
import { contextKey } from '../policy-context.ts'

/** What the values of a key are. A `list` has any number of them, and cannot stand for a variable. */
export type PolicyKeyKind = 'text' | 'list' | 'bool' | 'ip' | 'arn'

/**
 * Where a key has a value. `connection`: over MQTT. `thing`: over MQTT, where the connection has a thing: its client id
 * is the name of a thing that the principal is attached to, or the principal is attached to one thing alone.
 * `certificate`, `cognito`: for such principals. `connect`: at a CONNECT only. `request`: always. `role`: only in IAM
 * policies of the roles of role aliases.
 */
export type PolicyKeySource = 'connection' | 'thing' | 'certificate' | 'cognito' | 'connect' | 'request' | 'role'

/** A context key: what conditions ask for, and what variables stand for. */
export interface PolicyKey {
  /** `iot:ClientId`; of attributes `iot:Connection.Thing.Attributes[NAME]`. */
  readonly name: string
  readonly kind: PolicyKeyKind
  readonly source: PolicyKeySource
  /** What it is, in one sentence. */
  readonly words: string
}

/** Stands for the name of any attribute. */
const ATTRIBUTES_KEY = 'iot:Connection.Thing.Attributes[NAME]'

/**
 * @see AWS IoT developer guide, "Basic AWS IoT Core policy variables", "Thing policy variables", "X.509 Certificate AWS
 * IoT Core policy variables", "Connect policy examples"; Cognito guide, "Role trust and permissions"
 */
export const POLICY_KEYS: readonly PolicyKey[] = [
  key('iot:Connection.Thing.ThingName', 'text', 'thing', 'The name of the thing of the connection.'),
  key('iot:ClientId', 'text', 'connection', 'The client id that the client chose. It proves nothing by itself.'),
  key('iot:Connection.Thing.ThingTypeName', 'text', 'thing', 'The type of the thing of the connection.'),
  key(ATTRIBUTES_KEY, 'text', 'thing', 'An attribute of the thing of the connection, by its name in brackets.'),
  key(
    'iot:Connection.Thing.IsAttached',
    'bool',
    'connection',
    'true where the client id names a thing that the certificate or Cognito identity is attached to.',
  ),
  key('iot:CertificateId', 'text', 'certificate', 'The id of the certificate, 64 hexadecimal digits.'),
  key('iot:Certificate.SerialNumber', 'text', 'certificate', 'The serial number of the certificate.'),
  key(
    'iot:Certificate.AvailableKeys',
    'list',
    'certificate',
    'The names of all variables that the certificate has a value for.',
  ),
  ...(['Subject', 'Issuer'] as const).flatMap((whose) => [
    ...DISTINGUISHED_NAME_ATTRIBUTES.map((name) =>
      key(
        `iot:Certificate.${whose}.${name}`,
        'text',
        'certificate',
        `${name} of the ${whose.toLowerCase()}, its first value.`,
      ),
    ),
    ...ALTERNATIVE_NAME_KINDS.map((name) =>
      key(
        `iot:Certificate.${whose}.AlternativeName.${name}`,
        'text',
        'certificate',
        `${name} of the alternative names of the ${whose.toLowerCase()}, its first value.`,
      ),
    ),
  ]),
  key(
    'iot:ConnectAttributes',
    'list',
    'connect',
    'PersistentConnect and LastWill, as far as the CONNECT asks for them.',
  ),
  key('iot:LastWillTopic', 'arn', 'connect', 'The ARN of the topic of the will; absent without a will.'),
  key('aws:SourceIp', 'ip', 'request', 'The IP address of the client.'),
  key('aws:SourceVpce', 'text', 'request', 'The VPC endpoint that the client came by.'),
  key('iot:Topic', 'text', 'request', 'The topic of a direct message, for iot:SendDirectMessage.'),
  key('iot:IncludeSocketInformation', 'bool', 'request', 'Whether addresses are asked for, for iot:GetConnection.'),
  key('cognito-identity.amazonaws.com:sub', 'text', 'cognito', 'The id of the Cognito identity.'),
  key('cognito-identity.amazonaws.com:aud', 'text', 'cognito', 'The id of the identity pool.'),
  key('cognito-identity.amazonaws.com:amr', 'list', 'cognito', 'How the identity has signed in.'),
  key('credentials-iot:ThingName', 'text', 'role', 'The thing that asked the credentials provider.'),
  key('credentials-iot:ThingTypeName', 'text', 'role', 'The type of the thing that asked the credentials provider.'),
  key('credentials-iot:AwsCertificateId', 'text', 'role', 'The certificate that asked the credentials provider.'),
]

const BY_NAME = new Map(POLICY_KEYS.map((each) => [contextKey(each.name).folded, each]))
const ATTRIBUTE = /^iot:connection\.thing\.attributes\[[^\]]+\]$/
/** `.List` and `.1` behind names of a certificate. */
const OF_SEVERAL = /^(iot:certificate\.(?:subject|issuer)\..+)\.(list|[1-4])$/

/** What is known of a key, however its letters are written; undefined where AWS IoT documents no such key. */
export function findPolicyKey(name: string): PolicyKey | undefined {
  const { folded } = contextKey(name)
  const direct = BY_NAME.get(folded)
  if (direct) return direct
  const attributes = ATTRIBUTE.test(folded) ? BY_NAME.get(contextKey(ATTRIBUTES_KEY).folded) : undefined
  if (attributes) return { ...attributes, name }
  const [, base = '', which] = OF_SEVERAL.exec(folded) ?? []
  const several = BY_NAME.get(base)
  if (!several) return undefined
  return which === 'list'
    ? {
        ...several,
        name: `${several.name}.List`,
        kind: 'list',
        words: several.words.replace('its first value', 'all values'),
      }
    : {
        ...several,
        name: `${several.name}.${which}`,
        words: several.words.replace('first value', `value number ${Number(which) + 1}`),
      }
}

/** The key that was probably meant by a name that is none. */
export function nearestPolicyKey(name: string): string | undefined {
  const nearest = nearestName(contextKey(name).folded, BY_NAME.keys())
  return nearest === undefined ? undefined : BY_NAME.get(nearest)?.name
}

function key(name: string, kind: PolicyKeyKind, source: PolicyKeySource, words: string): PolicyKey {
  return { name, kind, source, words }
}
