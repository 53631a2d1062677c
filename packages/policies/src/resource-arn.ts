import { ARN_COMPONENTS, splitArn } from './arn.ts'

/** The ARN that a policy's resource is, as it is written: wildcards and variables stay. */
export interface ResourceArn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** `topicfilter` of `topicfilter/dt/#`; what is before the first slash. */
  readonly kind: string
  /** `dt/#`; undefined where there is no slash, as in `…:*`. */
  readonly name: string | undefined
}

/** Takes a resource apart; undefined for `*` and whatever has fewer than six parts. */
export function parseResourceArn(pattern: string): ResourceArn | undefined {
  // A colon inside a variable's name, as in `${iot:ClientId}`, parts nothing.
  const parts = splitArn(pattern.replaceAll(VARIABLE, (variable) => variable.replaceAll(':', HIDDEN_COLON)))
  if (parts.length < ARN_COMPONENTS) return undefined
  const [, partition = '', service = '', region = '', account = '', resource = ''] = parts.map((part) =>
    part.replaceAll(HIDDEN_COLON, ':'),
  )
  const slash = resource.indexOf('/')
  const [kind, name] = slash < 0 ? [resource, undefined] : [resource.slice(0, slash), resource.slice(slash + 1)]
  return { partition, service, region, account, kind, name }
}

export const formatResourceArn = ({ partition, service, region, account, kind, name }: ResourceArn): string =>
  `arn:${partition}:${service}:${region}:${account}:${kind}${name === undefined ? '' : `/${name}`}`

const VARIABLE = /\$\{[^}]*\}/g
/** As no text that a person writes has it (a noncharacter of Unicode). */
const HIDDEN_COLON = '\uffff'
