import {
  CreatePolicyCommand,
  type IoTClient,
  ListAttachedPoliciesCommand,
  ListPrincipalThingsCommand,
  paginateListCertificates,
  paginateListThings,
} from '@aws-sdk/client-iot'
import { Finding } from '../attack.ts'
import type { Account } from '../visit.ts'
import { NO_RIGHTS } from '../writers.ts'
import { Asked, compareSets } from './sets.ts'

export const BORN = 'born-'
export const POLICY = 'of-the-born'

/** Makes a device whole: a thing, an active certificate that is its own, and a policy. */
export const templateBody = JSON.stringify({
  Parameters: { Name: { Type: 'String' }, CSR: { Type: 'String' } },
  Resources: {
    thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'Name' } } },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateSigningRequest: { Ref: 'CSR' }, Status: 'ACTIVE' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: POLICY } },
  },
})

/** Devices that are made by templates, however: each is whole, or not there at all. */
export class Births extends Asked {
  /** Certificates that were looked at, with the things that they are of. */
  readonly #seen = new Map<string, string>()

  async begin({ iot }: Account): Promise<void> {
    await iot.send(new CreatePolicyCommand({ policyName: POLICY, policyDocument: NO_RIGHTS }))
  }

  /** @throws {Finding} where a device is lost, or a part of one is there without the others */
  async check(iot: IoTClient): Promise<void> {
    const things = new Set<string>()
    for await (const page of paginateListThings({ client: iot, pageSize: 250 }, {})) {
      for (const { thingName = '' } of page.things ?? []) if (thingName.startsWith(BORN)) things.add(thingName)
    }
    compareSets('devices by template', things, this)
    const active = new Set<string>()
    for await (const page of paginateListCertificates({ client: iot, pageSize: 250 }, {})) {
      for (const { certificateArn = '', status } of page.certificates ?? []) {
        if (status === 'ACTIVE') active.add(certificateArn)
      }
    }
    const policiesOf = async (target: string) =>
      (await iot.send(new ListAttachedPoliciesCommand({ target }))).policies?.map(({ policyName }) => policyName) ?? []
    for (const principal of active.difference(new Set(this.#seen.keys()))) {
      const policies = await policiesOf(principal)
      const { things: [thing = '', ...more] = [] } = await iot.send(new ListPrincipalThingsCommand({ principal }))
      const isOurs = policies.join() === POLICY && thing.startsWith(BORN) && more.length === 0
      const isAttacker = policies.length === 1 && policies.join() !== POLICY && thing === ''
      if (!isOurs && !isAttacker) {
        throw new Finding(`A certificate is half made: policies ${policies}, things ${[thing, ...more]}`)
      }
      this.#seen.set(principal, thing)
    }
    const ofCertificates = [...this.#seen.values()].filter((thing) => thing !== '')
    if (new Set(ofCertificates).size < ofCertificates.length) throw new Finding('A device has two certificates')
    const bare = [...things.difference(new Set(ofCertificates))]
    if (bare.length > 0) throw new Finding(`${bare.length} devices have no certificate, as ${bare.slice(0, 5)}`)
  }
}
