import { AwsError } from '@thingdeck/aws-api'
import { arnOf } from '../../foundation/account.ts'
import type { Operations } from '../../foundation/account-operations.ts'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import type { ServiceContext } from '../../foundation/service.ts'

/** A target of a job. */
export type Target = { readonly kind: 'thing' | 'thinggroup'; readonly name: string }

/** Things of a group, and where they go on. */
interface FoundThings {
  readonly things: readonly string[]
  readonly token: string | undefined
}

/** Things that are found in a few milliseconds: whether one is in a dynamic group is asked of its query, one by one. */
const STATIC_PAGE = 100
const DYNAMIC_PAGE = 8

/** Asks the registry about things and groups, as jobs need to know them. */
export class Targets {
  readonly #context: Pick<ServiceContext, 'account' | 'things' | 'operations' | 'registryAnswers'>
  #operations: Operations | undefined

  constructor(context: Pick<ServiceContext, 'account' | 'things' | 'operations' | 'registryAnswers'>) {
    this.#context = context
  }

  /** Has to be awaited before {@link page}: what asks the registry is loaded when it is first needed. */
  async load(): Promise<void> {
    this.#operations ??= await this.#context.operations.as(undefined, 'jobs')
  }

  get isLoaded(): boolean {
    return this.#operations !== undefined
  }

  /** @throws {AwsError} InvalidRequestException for what is the ARN of neither */
  parse(arn: string): Target {
    const prefix = arnOf(this.#context.account, 'iot', '')
    const match = arn.startsWith(prefix)
      ? /^(thing|thinggroup)\/([a-zA-Z0-9:_-]{1,128})$/.exec(arn.slice(prefix.length))
      : null
    const [, kind, name] = match ?? []
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

  /**
   * Some things of a group and of the groups below it; none where the group is gone. Where the token is of what the group
   * was before, of another query say, they are found from the first on.
   */
  page(thingGroupName: string, token: string | undefined): FoundThings {
    try {
      return this.#read(thingGroupName, token)
    } catch (error) {
      if (token === undefined || !(error instanceof AwsError) || error.name !== 'InvalidRequestException') throw error
      return this.#read(thingGroupName, undefined)
    }
  }

  #read(thingGroupName: string, token: string | undefined): FoundThings {
    if (!this.#operations || !this.#context.things.group(thingGroupName)) return { things: [], token: undefined }
    const isDynamic = this.#context.things.group(thingGroupName)?.dynamic === true
    const { things = [], nextToken } = this.#operations.call('ListThingsInThingGroup', {
      thingGroupName,
      maxResults: isDynamic ? DYNAMIC_PAGE : STATIC_PAGE,
      ...(!isDynamic && { recursive: true }),
      ...(token !== undefined && { nextToken: token }),
    })
    return { things, token: nextToken }
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
