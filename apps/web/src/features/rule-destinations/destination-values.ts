import type { RuleDestinationConfiguration } from '@thingdeck/contract'
import { RoleArn } from '@thingdeck/contract'
import { limitsOf } from '../../shared/form/text-limits.ts'

/** What the form holds; lists as they are typed, separated by commas, blanks or lines. */
export interface DestinationValues {
  readonly kind: 'http' | 'vpc' | 'influxdb'
  readonly confirmationUrl: string
  readonly vpcId: string
  readonly subnetIds: string
  readonly securityGroups: string
  readonly roleArn: string
  readonly endpoint: string
  readonly influxDBVersion: 'V2' | 'V3'
  readonly secretId: string
  readonly secretKey: string
}

export const NEW: DestinationValues = {
  kind: 'http',
  confirmationUrl: '',
  vpcId: '',
  subnetIds: '',
  securityGroups: '',
  roleArn: '',
  endpoint: '',
  influxDBVersion: 'V3',
  secretId: '',
  secretKey: '',
}

export const FIELDS_OF_CODES = { ResourceAlreadyExistsException: 'confirmationUrl' } as const

const listed = (text: string): string[] => text.split(/[\s,]+/).filter((each) => each !== '')

/** What AWS is told: of the chosen kind alone. */
export function configurationOf(values: DestinationValues): RuleDestinationConfiguration {
  if (values.kind === 'http') return { httpUrlConfiguration: { confirmationUrl: values.confirmationUrl.trim() } }
  if (values.kind === 'vpc') {
    const securityGroups = listed(values.securityGroups)
    return {
      vpcConfiguration: {
        vpcId: values.vpcId.trim(),
        subnetIds: listed(values.subnetIds),
        ...(securityGroups.length > 0 && { securityGroups }),
        roleArn: values.roleArn.trim(),
      },
    }
  }
  return {
    influxDBConfiguration: {
      endpoint: values.endpoint.trim(),
      influxDBVersion: values.influxDBVersion,
      secretId: values.secretId.trim(),
      secretType: 'SecretString',
      ...(values.secretKey.trim() !== '' && { secretKey: values.secretKey.trim() }),
    },
  }
}

type Rule = (text: string, values: DestinationValues) => string | undefined

const of =
  (kind: DestinationValues['kind'], rule: (text: string) => string | undefined): Rule =>
  (text, values) =>
    values.kind === kind ? rule(text.trim()) : undefined

const EMPTY = 'This cannot be empty.'
const SOME_ID = '[a-zA-Z0-9]+$'

const ids =
  (prefix: string, word: string, isRequired: boolean) =>
  (text: string): string | undefined => {
    const wrong = listed(text).filter((id) => !new RegExp(`^${prefix}-${SOME_ID}`).test(id))
    if (text === '') return isRequired ? EMPTY : undefined
    return wrong.length > 0 ? `Not the id of a ${word} (${prefix}-…): ${wrong.join(', ')}.` : undefined
  }

function whatIsWrongWithUrl(text: string): string | undefined {
  if (text === '') return EMPTY
  const url = URL.parse(text)
  if (!url) return 'This is no URL: it begins with https://'
  if (/\$\{/.test(text)) return 'A URL with a substitution template cannot be confirmed: give the part before it.'
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(isHere && url.protocol === 'http:')) {
    return 'It begins with https://; http:// is for this machine alone, on the embedded server.'
  }
  return text.length > 2_000 ? `At most 2,000 characters; this has ${text.length}.` : undefined
}

const { pattern: rolePattern } = limitsOf(RoleArn, '')

export const RULES: { readonly [Name in keyof DestinationValues]?: Rule } = {
  confirmationUrl: of('http', whatIsWrongWithUrl),
  vpcId: of('vpc', (text) => (text === '' ? EMPTY : ids('vpc', 'VPC', true)(text))),
  subnetIds: of('vpc', ids('subnet', 'subnet', true)),
  securityGroups: of('vpc', ids('sg', 'security group', false)),
  roleArn: of('vpc', (text) => {
    if (text === '') return EMPTY
    return rolePattern?.test(text) ? undefined : 'Only the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME.'
  }),
  endpoint: of('influxdb', (text) => {
    if (text === '') return EMPTY
    return URL.canParse(text) ? undefined : 'This is no URL: it begins with https://'
  }),
  secretId: of('influxdb', (text) => (text === '' ? EMPTY : undefined)),
}
