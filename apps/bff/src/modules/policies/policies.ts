import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IoTClient,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListTargetsForPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  endpoints,
  Policy,
  PolicyPage,
  PolicyTargetPage,
  PolicyVersion,
  PolicyVersionDocument,
  QueryOf,
} from '@thingdeck/contract'
import { siftedPage } from '../../aws/sifted-pages.ts'
import { readTags, tagList } from '../../aws/tags.ts'
import { Problem } from '../../problem.ts'
import { parseTarget } from './policy-target.ts'

/** The most that AWS gives at once (AWS IoT API reference, ListPolicies). */
const PAGE_SIZE = 250

type Creation = BodyOf<typeof endpoints.createPolicy>
type NewVersion = BodyOf<typeof endpoints.createPolicyVersion>

/** Policies, their versions and what they are attached to. Errors are AWS's own, but for {@link Problem}s. */
export interface Policies {
  /** AWS cannot search: see {@link siftedPage}. */
  list(search: QueryOf<typeof endpoints.listPolicies>): Promise<PolicyPage>
  describe(policyName: string): Promise<Policy>
  create(policy: Creation): Promise<Policy>
  delete(policyName: string): Promise<void>
  version(policyName: string, versionId: string): Promise<PolicyVersionDocument>
  /** @throws {Problem} POLICY_CHANGED where it is not as it was seen. AWS has no condition for that: a moment is left. */
  createVersion(before: Policy, version: NewVersion): Promise<PolicyVersion>
  /** @throws {Problem} POLICY_CHANGED, as above */
  setDefault(before: Policy, versionId: string, expectedDefaultVersionId: string): Promise<void>
  deleteVersion(policyName: string, versionId: string): Promise<void>
  targets(policyName: string, page: QueryOf<typeof endpoints.listPolicyTargets>): Promise<PolicyTargetPage>
  attach(policyName: string, target: string): Promise<void>
  detach(policyName: string, target: string): Promise<void>
}

export function createPolicies(iot: IoTClient): Policies {
  /** All of a policy fit a page: AWS keeps five. */
  async function versionsOf(policyName: string): Promise<PolicyVersion[]> {
    const { policyVersions = [] } = await iot.send(new ListPolicyVersionsCommand({ policyName }))
    return policyVersions
      .map(({ versionId = '', isDefaultVersion = false, createDate }) => ({
        versionId,
        isDefault: isDefaultVersion,
        ...(createDate && { createdAt: createDate.toISOString() }),
      }))
      .sort((one, other) => Number(other.versionId) - Number(one.versionId))
  }

  const policies: Policies = {
    async list({ name, nextToken, maxResults }) {
      const { items: sifted, ...more } = await siftedPage(
        { name, nextToken, maxResults, nameOf: ({ policyName }: PolicyPage['policies'][number]) => policyName },
        async ({ size, token }) => {
          const { policies: found = [], nextMarker } = await iot.send(
            new ListPoliciesCommand({
              pageSize: size,
              ascendingOrder: true,
              ...(token !== undefined && { marker: token }),
            }),
          )
          const items = found.map(({ policyName = '', policyArn = '' }) => ({ policyName, policyArn }))
          return { items, nextToken: nextMarker }
        },
      )
      return { policies: sifted, ...more }
    },

    async describe(policyName) {
      const [found, versions] = await Promise.all([
        iot.send(new GetPolicyCommand({ policyName })),
        versionsOf(policyName),
      ])
      const { policyArn = '', policyDocument = '', defaultVersionId = '', creationDate, lastModifiedDate } = found
      const tags = await readTags(iot, policyArn)
      return {
        policyName,
        policyArn,
        policyDocument,
        defaultVersionId,
        versions,
        ...(creationDate && { createdAt: creationDate.toISOString() }),
        ...(lastModifiedDate && { changedAt: lastModifiedDate.toISOString() }),
        ...(tags && { tags }),
      }
    },

    async create({ policyName, policyDocument, tags = {} }) {
      const given = tagList(tags)
      await iot.send(new CreatePolicyCommand({ policyName, policyDocument, ...(given.length > 0 && { tags: given }) }))
      return policies.describe(policyName)
    },

    async delete(policyName) {
      await iot.send(new DeletePolicyCommand({ policyName }))
    },

    async version(policyName, policyVersionId) {
      const { policyDocument = '' } = await iot.send(new GetPolicyVersionCommand({ policyName, policyVersionId }))
      return { versionId: policyVersionId, policyDocument }
    },

    async createVersion(before, { policyDocument, setAsDefault, expectedNewestVersionId, expectedDefaultVersionId }) {
      const { policyName } = before
      const newest = before.versions[0]?.versionId ?? ''
      // That the newest was deleted takes nothing away from the draft.
      if (Number(newest) > Number(expectedNewestVersionId)) {
        throw new Problem(
          'POLICY_CHANGED',
          `Version ${newest} was made meanwhile; the draft began with ${expectedNewestVersionId}.`,
        )
      }
      checkDefault(before, expectedDefaultVersionId)
      const made = await iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument, setAsDefault }))
      return { versionId: made.policyVersionId ?? '', isDefault: made.isDefaultVersion ?? setAsDefault }
    },

    async setDefault(before, versionId, expectedDefaultVersionId) {
      checkDefault(before, expectedDefaultVersionId)
      await iot.send(new SetDefaultPolicyVersionCommand({ policyName: before.policyName, policyVersionId: versionId }))
    },

    async deleteVersion(policyName, policyVersionId) {
      await iot.send(new DeletePolicyVersionCommand({ policyName, policyVersionId }))
    },

    async targets(policyName, { nextToken: marker, maxResults: pageSize = PAGE_SIZE }) {
      const { targets = [], nextMarker } = await iot.send(
        new ListTargetsForPolicyCommand({ policyName, pageSize, ...(marker && { marker }) }),
      )
      return { targets: targets.map(parseTarget), ...(nextMarker && { nextToken: nextMarker }) }
    },

    async attach(policyName, target) {
      await iot.send(new AttachPolicyCommand({ policyName, target }))
    },

    async detach(policyName, target) {
      await iot.send(new DetachPolicyCommand({ policyName, target }))
    },
  }
  return policies
}

function checkDefault({ defaultVersionId }: Policy, expected: string): void {
  if (defaultVersionId === expected) return
  throw new Problem('POLICY_CHANGED', `Version ${defaultVersionId} became the default meanwhile; it was ${expected}.`)
}
