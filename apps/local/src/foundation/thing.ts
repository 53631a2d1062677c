/** A thing as `DescribeThing` shows it. */
export interface Thing {
  readonly thingName: string
  readonly thingId: string
  readonly thingArn: string
  readonly thingTypeName: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  /** 1 at creation, one more with each update. */
  readonly version: number
  readonly billingGroupName: string | undefined
}
