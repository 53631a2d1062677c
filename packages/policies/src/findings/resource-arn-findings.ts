import { nearestName } from '@thingdeck/json'
import { doubtTopic } from '@thingdeck/topics'
import { formatResourceArn, type ResourceArn } from '../resource-arn.ts'
import { replaceText } from './mend.ts'
import type { PolicyFinding, PolicyFix } from './policy-finding.ts'
import {
  coversAction,
  finding,
  type PolicyLook,
  type ResourceLook,
  type StatementLook,
  spanWithin,
} from './policy-look.ts'
import { KIND_WORDS, outsideVariables } from './topic-forms.ts'

/** Resources that no request of this account and region is ever about. */
export function resourceArnFindings(look: PolicyLook): PolicyFinding[] {
  return look.statements.flatMap((statement) =>
    statement.resources.flatMap((resource) =>
      resource.arn ? aboutArn(look, statement, resource, resource.arn) : brokenArn(look, resource),
    ),
  )
}

function brokenArn(look: PolicyLook, { pattern, place, isEverything }: ResourceLook): PolicyFinding[] {
  if (isEverything || pattern.includes('*')) return []
  const words = `${pattern} is no whole ARN: it needs six parts between colons, as arn:aws:iot:REGION:ACCOUNT:topic/NAME has.`
  return [finding(look, 'RESOURCE_ARN', 'warning', place, words)]
}

function aboutArn(
  look: PolicyLook,
  statement: StatementLook,
  resource: ResourceLook,
  arn: ResourceArn,
): PolicyFinding[] {
  const right = { ...arn, ...expectedParts(look, arn) }
  const wrong = differencesInWords(arn, right)
  const { place } = resource
  if (wrong.length > 0) {
    const words = `No request here is about it: ${wrong.join(', ')}.`
    return [finding(look, 'RESOURCE_ARN', 'warning', place, words, [useArn(resource, right)])]
  }
  return [
    ...aboutKind(look, resource, arn),
    ...literalWildcards(look, statement, resource, arn),
    ...doubts(look, resource, arn),
  ]
}

const isOpen = (part: string): boolean => /[*?$]/.test(part)

/** What the parts of an ARN have to be where the policy is to be, as far as they are written out and it is known. */
function expectedParts({ home }: PolicyLook, arn: ResourceArn): Partial<ResourceArn> {
  return {
    ...(home && !isOpen(arn.partition) && { partition: home.partition }),
    ...(!isOpen(arn.service) && { service: 'iot' }),
    ...(home && !isOpen(arn.region) && { region: home.region }),
    ...(home && !isOpen(arn.account) && { account: home.accountId }),
  }
}

const differencesInWords = (arn: ResourceArn, right: ResourceArn): string[] =>
  (['partition', 'service', 'region', 'account'] as const)
    .filter((part) => arn[part] !== right[part])
    .map((part) => `its ${part} is ${arn[part] === '' ? 'empty' : arn[part]}, and here it is ${right[part]}`)

const useArn = ({ place }: ResourceLook, arn: ResourceArn): PolicyFix => {
  const pattern = formatResourceArn(arn)
  return { words: `Use ${pattern}`, edits: [replaceText(place, pattern)] }
}

/** Kinds of resource that there are none of. */
function aboutKind(look: PolicyLook, resource: ResourceLook, arn: ResourceArn): PolicyFinding[] {
  const { kind, name = '' } = arn
  if (kind in KIND_WORDS || isOpen(kind)) return []
  const [first = '', ...others] = name.split('/')
  // `…:/thing/pump-7`, as even a page of the guide has it.
  const leading = kind === '' && first in KIND_WORDS ? { ...arn, kind: first, name: others.join('/') } : undefined
  const nearest = nearestName(kind.toLowerCase().replace('-', ''), Object.keys(KIND_WORDS))
  const meant = leading ?? (nearest === undefined ? undefined : { ...arn, kind: nearest })
  const known = Object.keys(KIND_WORDS).map((each) => `${each}/`)
  const words = `A resource of AWS IoT's policies begins with ${known.slice(0, -1).join(', ')} or ${known.at(-1)}, not with ${kind}/: nothing is ever asked about this one.`
  return [finding(look, 'RESOURCE_ARN', 'warning', resource.place, words, meant ? [useArn(resource, meant)] : [])]
}

/** `+` and `#` where no topic has them. */
function literalWildcards(
  look: PolicyLook,
  statement: StatementLook,
  resource: ResourceLook,
  arn: ResourceArn,
): PolicyFinding[] {
  const { name } = arn
  if (arn.kind !== 'topic' || name === undefined || isForFiltersOnly(statement)) return []
  const starred = outsideVariables(name, (text) => text.replaceAll(/[+#]/g, '*'))
  if (starred === name) return []
  const sign = /[+#]/.exec(outsideVariables(name, (text) => text))?.[0] ?? '+'
  const at = resource.pattern.lastIndexOf(name) + name.indexOf(sign)
  return [
    finding(
      look,
      'LITERAL_WILDCARD',
      'warning',
      resource.place,
      `${sign} is a letter in policies, and no topic has it: this matches no topic at all. The wildcard of policies is *, which takes slashes too.`,
      [useArn(resource, { ...arn, name: starred })],
      spanWithin(look, resource.place, at, 1),
    ),
  ]
}

/** Said in another place: that a topic stands where a topic filter is meant. */
const isForFiltersOnly = (statement: StatementLook): boolean =>
  coversAction(statement, 'iot:Subscribe') &&
  !coversAction(statement, 'iot:Publish') &&
  !coversAction(statement, 'iot:Receive')

/** Blanks and characters that are not seen, each of which counts. */
function doubts(look: PolicyLook, resource: ResourceLook, arn: ResourceArn): PolicyFinding[] {
  const { name } = arn
  const doubt = name === undefined ? undefined : doubtTopic(name)
  if (!doubt) return []
  return [
    finding(look, 'TOPIC_DOUBT', 'warning', resource.place, `${doubt.message}.`, [
      { words: 'Take it out', edits: useArn(resource, { ...arn, name: doubt.suggestion }).edits },
    ]),
  ]
}
