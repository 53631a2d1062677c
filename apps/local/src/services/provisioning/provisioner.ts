import {
  evaluateTemplate,
  ProvisioningFailure,
  type ProvisioningPlan,
  type ProvisioningTemplate,
} from '@thingdeck/provisioning'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { FleetError } from './fleet-error.ts'
import { PackageVersions } from './package-versions.ts'
import { performPlan } from './perform-plan.ts'
import { roleRefusal } from './templates.ts'

export interface ProvisioningOrder {
  readonly template: ProvisioningTemplate
  /** Whose policies decide what may be made. */
  readonly roleArn: string
  /** Of the device: the only certificate that the template may be about. */
  readonly certificateId: string
  readonly parameters: Readonly<Record<string, string>>
  /** What AWS IoT knows of the certificate, beside its id. */
  readonly pseudo?: Readonly<Record<string, string>>
}

/** Provisions a device with a certificate that is there, by a template and as its role: all of it, or nothing. */
export class Provisioner {
  readonly #context: ServiceContext
  readonly #sessions: RoleSessions

  /** @param sessions what AWS IoT may be */
  constructor(context: ServiceContext, sessions: RoleSessions) {
    this.#context = context
    this.#sessions = sessions
  }

  /**
   * @param along done together with it, if all went well; what it throws undoes all
   * @throws {FleetError} where the role cannot be had; {@link ProvisioningFailure}; {AwsError} what an operation refused
   */
  async provision(order: ProvisioningOrder, along: () => void = () => {}): Promise<ProvisioningPlan> {
    const { template, roleArn, certificateId, parameters, pseudo } = order
    await this.#mustNotBeOff(certificateId)
    const untrusted = this.#sessions.whyNotTrusted(roleArn)
    if (untrusted !== undefined) throw new FleetError('AccessDenied', roleRefusal(untrusted))
    const plan = evaluateTemplate(template, parameters, { ...pseudo, 'AWS::IoT::Certificate::Id': certificateId })
    mustBeAbout(plan, certificateId)
    const operations = await this.#context.operations.as(roleArn, certificateId)
    const parts = { account: this.#context.operations, packages: new PackageVersions(this.#context) }
    await performPlan(parts, operations, plan, along)
    return plan
  }

  /** Whoever deactivated or revoked a certificate before its device was provisioned has decided about it. */
  async #mustNotBeOff(certificateId: string): Promise<void> {
    const operations = await this.#context.operations.as(undefined, '')
    const { certificateDescription } = operations.call('DescribeCertificate', { certificateId })
    const status = certificateDescription?.status
    if (status !== 'INACTIVE' && status !== 'REVOKED') return
    throw new FleetError('AccessDenied', `The certificate is ${status}: it is not provisioned any more`)
  }
}

/** What a device sends must not have another's certificate activated, or attached. */
function mustBeAbout({ certificate }: ProvisioningPlan, certificateId: string): void {
  const source = certificate?.source
  if (!certificate || source?.kind !== 'CertificateId') return
  if (source.certificateId.toLowerCase() === certificateId) return
  throw new ProvisioningFailure(
    'certificate',
    `${certificate.path}.Properties.CertificateId`,
    'is not the certificate that is provisioned: {"Ref": "AWS::IoT::Certificate::Id"} is',
  )
}
