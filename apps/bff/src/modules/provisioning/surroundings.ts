import {
  DescribeBillingGroupCommand,
  DescribeCertificateCommand,
  DescribeThingGroupCommand,
  DescribeThingTypeCommand,
  GetPackageVersionCommand,
  GetPolicyCommand,
  type IoTClient,
} from '@aws-sdk/client-iot'
import type {
  ProvisioningPresence,
  ProvisioningSurroundings,
  ProvisioningSurroundingsQuestion,
} from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import type { Things } from '../../aws/things.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import { whyUnread } from '../../aws/why-unread.ts'

/** AWS's words for a text that is no name of such a resource. */
const NO_NAME = ['InvalidRequestException', 'ValidationException'] as const

/**
 * Which of the resources that a device would be given there are, and how they are. What the console may not read is
 * said of each; other errors are AWS's own.
 */
export async function readSurroundings(
  { iot, things }: { readonly iot: IoTClient; readonly things: Things },
  question: ProvisioningSurroundingsQuestion,
): Promise<ProvisioningSurroundings> {
  const { thingName, thingTypeName, thingGroups, billingGroup, policyNames, certificateId, packageVersions } = question
  const [thing, thingType, groups, billing, policies, certificate, packages] = await Promise.all([
    thingName === undefined
      ? undefined
      : look(thingName, async () => {
          const found = await unlessGone(things.registered(thingName))
          return found && { thing: { ...(await describedThing(things, found)) } }
        }),
    thingTypeName === undefined
      ? undefined
      : look(thingTypeName, async () => {
          const found = await unlessGone(iot.send(new DescribeThingTypeCommand({ thingTypeName })))
          return found && (found.thingTypeMetadata?.deprecated ? unfit('The type is deprecated.') : {})
        }),
    Promise.all(
      thingGroups.map((thingGroupName) =>
        look(thingGroupName, async () => {
          const found = await unlessGone(iot.send(new DescribeThingGroupCommand({ thingGroupName })))
          return (
            found && (found.queryString === undefined ? {} : unfit('The group is dynamic: its query alone fills it.'))
          )
        }),
      ),
    ),
    billingGroup === undefined
      ? undefined
      : look(billingGroup, async () =>
          (await unlessGone(iot.send(new DescribeBillingGroupCommand({ billingGroupName: billingGroup }))))
            ? {}
            : undefined,
        ),
    Promise.all(
      policyNames.map((policyName) =>
        look(policyName, async () =>
          (await unlessGone(iot.send(new GetPolicyCommand({ policyName })))) ? {} : undefined,
        ),
      ),
    ),
    certificateId === undefined
      ? undefined
      : look(certificateId, async () => {
          const found = await unlessGone(iot.send(new DescribeCertificateCommand({ certificateId })))
          const status = found?.certificateDescription?.status
          return found && { ...(status && { status }) }
        }),
    Promise.all(
      packageVersions.map(({ packageName, versionName }) =>
        look(packageName, async () => {
          const found = await unlessGone(iot.send(new GetPackageVersionCommand({ packageName, versionName })))
          return found && (found.status === 'DRAFT' ? unfit(`Its version ${versionName} is a draft.`) : {})
        }),
      ),
    ),
  ])
  return {
    ...(thing && { thing }),
    ...(thingType && { thingType }),
    thingGroups: groups,
    ...(billing && { billingGroup: billing }),
    policies,
    ...(certificate && { certificate }),
    packageVersions: packages,
  }
}

const unfit = (message: string) => ({ presence: 'unfit' as const, message })

/** @param read what is told of it beyond that it is there; undefined: it is not */
async function look<Told extends object>(
  name: string,
  read: () => Promise<Told | undefined>,
): Promise<ProvisioningPresence & Partial<Told>> {
  try {
    const told = await read()
    if (told === undefined) return { name, presence: 'missing' } as ProvisioningPresence & Partial<Told> // nothing told
    return { name, presence: 'there', ...told }
  } catch (error) {
    const unread = whyUnread(error)
    const isNoName = isNamed(error, ...NO_NAME)
    if (!unread && !isNoName) throw error
    const message = unread?.message ?? (error instanceof Error ? error.message : '')
    return { name, presence: isNoName ? 'not-a-name' : 'unknown', message } as ProvisioningPresence & Partial<Told> // nothing told
  }
}

async function describedThing(things: Things, found: Awaited<ReturnType<Things['registered']>>) {
  const { attributes, thingTypeName, billingGroupName } = found
  return {
    attributes: { ...attributes },
    ...(thingTypeName && { thingTypeName }),
    ...(billingGroupName && { billingGroup: billingGroupName }),
    thingGroups: await things.groups(found.thingName),
  }
}
