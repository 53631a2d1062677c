/** The part of provisioning that could not be done. */
export type ProvisioningStep = 'parameters' | 'thing' | 'certificate' | 'policy' | 'device configuration'

/** A template that cannot be used for these parameters, or for what is there already. Nothing is to be made then. */
export class ProvisioningFailure extends Error {
  override readonly name = 'ProvisioningFailure'
  readonly step: ProvisioningStep
  /** The member of the template, such as `Resources.thing.Properties.ThingName`. */
  readonly path: string
  /** One sentence, without the place. */
  readonly reason: string
  /** `conflict`: what is there already, and OverrideSettings says FAIL. */
  readonly kind: 'value' | 'conflict'

  constructor(step: ProvisioningStep, path: string, reason: string, kind: 'value' | 'conflict' = 'value') {
    super(`${path}: ${reason}`)
    this.step = step
    this.path = path
    this.reason = reason
    this.kind = kind
  }
}
