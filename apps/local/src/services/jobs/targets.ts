import { AwsError } from '@thingdeck/aws-api'
import { arnOf, resourceIn } from '../../foundation/account.ts'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import type { ServiceContext } from '../../foundation/service.ts'

/** A target of a job. */
export type Target = { readonly kind: 'thing' | 'thinggroup'; readonly name: string }

/** Things that are found in less than two milliseconds; where few match a query, things that are looked at. */
const FOUND = 32
const EXAMINED = 128

type TargetsContext = Pick<ServiceContext, 'account' | 'things' | 'registryAnswers'>

/** Asks the registry about things and groups, as jobs need to know them. */
export class Targets {
  readonly #context: TargetsContext

  constructor(context: TargetsContext) {
    this.#context = context
  }

  /** @throws {AwsError} InvalidRequestException for what is the ARN of neither */
  parse(arn: string): Target {
    const resource = resourceIn(this.#context.account, 'iot', arn) ?? ''
    const [, kind, name] = /^(thing|thinggroup)\/([a-zA-Z0-9:_-]{1,128})$/.exec(resource) ?? []
    if ((kind === 'thing' || kind === 'thinggroup') && name !== undefined) return { kind, name }
    throw invalidRequest(`Target ${arn} is not the ARN of a thing or a thing group of this account and region`)
  }

  /** @throws {AwsError} InvalidRequestException, ResourceNotFoundException */
  require(arn: string): Target {
    const target = this.parse(arn)
    const { things } = this.#context
    const isThere = target.kind === 'thing' ? things.thing(target.name) : things.group(target.name)
    if (!isThere) throw notFound(`${target.kind === 'thing' ? 'Thing' : 'Thing group'} ${target.name} does not exist`)
    return target
  }

  /** Some things of a group and of the groups below it; none where the group is gone. */
  page(
    thingGroupName: string,
    token: string | undefined,
  ): { readonly things: readonly string[]; readonly token: string | undefined } {
    const { things } = this.#context
    if (!things.group(thingGroupName)) return { things: [], token: undefined }
    const page = { count: FOUND, examined: EXAMINED }
    try {
      return things.thingsIn(thingGroupName, { ...page, token })
    } catch (error) {
      if (token === undefined || !(error instanceof AwsError)) throw error
      // Of a group that has another query by now, or of an earlier one of its name: whom it has now is found anew.
      return things.thingsIn(thingGroupName, { ...page, token: undefined })
    }
  }

  arnOfThing(thingName: string): string {
    return arnOf(this.#context.account, 'iot', `thing/${thingName}`)
  }

  /** ARNs of all groups that a thing is in: static ones, those above them, dynamic ones. None of a thing that is gone. */
  groupsOf(thingName: string): ReadonlySet<string> {
    const { things, registryAnswers } = this.#context
    if (!things.thing(thingName)) return new Set()
    const answer = registryAnswers.listThingGroupsForThing(thingName)
    return new Set([...things.groupArnsOf(thingName), ...groupArnsIn(answer)])
  }
}

function groupArnsIn(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || !('thingGroups' in answer)) return []
  const { thingGroups } = answer
  if (!Array.isArray(thingGroups)) return []
  return thingGroups.flatMap((group: unknown) =>
    typeof group === 'object' && group !== null && 'groupArn' in group && typeof group.groupArn === 'string'
      ? [group.groupArn]
      : [],
  )
}
