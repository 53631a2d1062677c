import { ListPrincipalThingsCommand, ListThingsInThingGroupCommand } from '@aws-sdk/client-iot'
import { MOST_REACHED_THINGS, type PolicyReach } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { connectedThings } from '../../aws/connected-things.ts'
import type { Pace } from '../../aws/pace.ts'
import { parseTarget } from './policy-target.ts'

type Names = Pick<PolicyReach, 'hasMore'> & { readonly names: readonly string[] }

/** Whom a policy holds for through one target: things of a certificate or an identity, or of a group and those below. */
export async function policyReach(
  aws: Pick<Aws, 'iot' | 'data'>,
  pace: Pace,
  target: string,
  signal?: AbortSignal,
): Promise<PolicyReach> {
  await pace.turn(signal)
  const { names, hasMore } = await thingsOf(aws, target)
  const { things, toldBy } = await connectedThings(aws, pace, names, signal)
  return { things: [...things], hasMore, toldBy }
}

async function thingsOf({ iot }: Pick<Aws, 'iot'>, target: string): Promise<Names> {
  const page = { maxResults: MOST_REACHED_THINGS }
  const { kind, id } = parseTarget(target)
  const { things = [], nextToken } =
    kind === 'thing-group'
      ? await iot.send(new ListThingsInThingGroupCommand({ thingGroupName: id, recursive: true, ...page }))
      : await iot.send(new ListPrincipalThingsCommand({ principal: target, ...page }))
  return { names: things, hasMore: nextToken !== undefined && nextToken !== '' }
}
