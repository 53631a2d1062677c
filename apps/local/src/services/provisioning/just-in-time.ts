import { X509Certificate } from 'node:crypto'
import type { RegistrationConfig } from '@aws-sdk/client-iot'
import { certificateFacts } from '@thingdeck/certificates'
import { PSEUDO_PARAMETERS } from '@thingdeck/provisioning'
import type { OnRegistration, RegisteredFrom, Registration } from '../../foundation/certificates.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { detailsOf } from './fleet-entries.ts'
import { FleetError, fleetErrorOf } from './fleet-error.ts'
import type { Provisioner } from './provisioner.ts'
import { readTemplateBody } from './template-body.ts'
import type { Templates } from './templates.ts'

/**
 * Just-in-time provisioning: a device whose certificate an authority with a template has signed is provisioned as it
 * connects first. The certificate has been registered before; where provisioning fails it goes on waiting for its
 * activation, nothing else is there, and the next connection tries again.
 * @see AWS IoT developer guide, "Just-in-time provisioning"
 */
export class JustInTimeProvisioning {
  readonly #context: ServiceContext
  readonly #templates: Templates
  readonly #provisioner: Provisioner
  /** By certificate: whoever connects twice at once is provisioned once. */
  readonly #running = new Map<string, Promise<void>>()

  constructor(context: ServiceContext, templates: Templates, provisioner: Provisioner) {
    this.#context = context
    this.#templates = templates
    this.#provisioner = provisioner
  }

  readonly onRegistration: OnRegistration = (registration, from) => {
    const { registrationConfig, certificate } = registration
    if (!registrationConfig) return Promise.resolve() // somebody else is to activate it
    const running = this.#running.get(certificate.id)
    if (running) return running
    const started = this.#provision(registration, registrationConfig, from).finally(() =>
      this.#running.delete(certificate.id),
    )
    this.#running.set(certificate.id, started)
    return started
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async #provision(registration: Registration, config: RegistrationConfig, from: RegisteredFrom): Promise<void> {
    try {
      const { certificate } = registration
      const plan = await this.#context.database.durably(async () =>
        this.#provisioner.provision({
          ...this.#templateOf(config),
          certificateId: certificate.id,
          parameters: {},
          pseudo: pseudoParametersOf(certificate.id, certificate.pem),
        }),
      )
      this.#tell(registration, from, { thingName: plan.thing?.thingName })
    } catch (error) {
      const told = fleetErrorOf(error)
      if (!told) this.#context.log.error({ err: error }, 'a device could not be provisioned just in time')
      this.#tell(registration, from, { error: told ?? new FleetError('InternalError', 'An internal error occurred') })
    }
  }

  #templateOf({ templateName, templateBody = '', roleArn = '' }: RegistrationConfig) {
    if (templateName === undefined) return { template: readTemplateBody(templateBody, 'JITP'), roleArn }
    const record = this.#templates.require(templateName)
    if (!record.enabled) throw new FleetError('AccessDenied', `Template ${templateName} is not enabled`)
    return { template: this.#templates.use(record).template, roleArn: record.roleArn }
  }

  /** As those of fleet provisioning, which this calls RegisterThing of, too. */
  #tell(
    { certificate, event, registrationConfig }: Registration,
    { sourceIp, sourcePort }: RegisteredFrom,
    { thingName, error }: { readonly thingName?: string | undefined; readonly error?: FleetError },
  ): void {
    const { metrics, iotLog } = this.#context
    const end = !error ? 'Success' : error.code === 'InternalError' ? 'ServerError' : 'ClientError'
    metrics.record({ namespace: 'AWS/IoT', name: `ProvisionThing.${end}`, dimensions: {}, unit: 'Count' })
    const status = error ? 'Failure' : 'Success'
    const subject = { principal: { principalId: certificate.id }, sourceIp, thingName }
    if (!iotLog.isOn || !iotLog.keeps('ProvisionDevice', status, subject)) return
    iotLog.write({
      eventType: 'ProvisionDevice',
      status,
      fields: {
        provisioningTemplateName: registrationConfig?.templateName,
        deviceCertificateId: certificate.id,
        details: detailsOf(thingName, error),
        reason: error?.code,
        operation: 'RegisterThing',
        protocol: 'MQTT',
        principalId: certificate.id,
        caCertificateId: event.caCertificateId,
        sourceIp,
        sourcePort,
        thingName,
      },
    })
  }
}

/** `AWS::IoT::Certificate::…` of what stands in the subject; of what stands there several times the first. */
function pseudoParametersOf(certificateId: string, pem: string): Record<string, string> {
  const { subject = {} } = certificateFacts(certificateId, new X509Certificate(pem))
  const { State, ...others } = subject
  const values = new Map(Object.entries({ ...others, StateName: State }))
  return Object.fromEntries(
    PSEUDO_PARAMETERS.JITP.flatMap((name): [string, string][] => {
      const [value] = values.get(name.slice(name.lastIndexOf(':') + 1)) ?? []
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
